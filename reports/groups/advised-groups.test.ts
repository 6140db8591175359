import { expect, test } from "vitest";
import type { RunRecord } from "../../harness/judge/record.ts";
import { fail } from "../../harness/judge/verdict.ts";
import { advice } from "../words/advice.ts";
import { advisedGroups } from "./advised-groups.ts";
import { renderHtml } from "../html.tsx";
import { markdown } from "../reporters/markdown.ts";
import { caseOf, checkOf, recordOf } from "../../testing/records/build.ts";
import { renderSummary } from "../summary.ts";

const id = "LEAVE-ON-SILENT-DROP";
const requirement: RunRecord["requirements"][number] = {
  id,
  level: "MUST",
  basis: "flow",
  text: "A drop is told.",
  citation: "the flow",
  verdict: "fail",
};
const record: RunRecord = {
  ...recordOf([
    caseOf("silence/silent-drop", "A drop is told", [
      checkOf(id, "told-in-time(alice)", fail("a leave", "none")),
    ]),
  ]),
  requirements: [requirement],
};

test("a failed silent drop comes with the whole configuration and its side effects, in each output", () => {
  const code = advice.get(id)?.code?.split("\n") ?? [];
  expect(code.length).toBeGreaterThan(20);
  const escaped = (line: string) =>
    line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  const html = renderHtml(record).replaceAll("&quot;", '"').replaceAll('"', "&quot;");
  for (const line of code) {
    expect(renderSummary(record, { color: false, width: 60 })).toContain(line);
    expect(markdown.render(record)).toContain(line);
    expect(html).toContain(escaped(line));
  }
  for (const text of [renderSummary(record, { color: false, width: 900 }), markdown.render(record)])
    expect(text).toMatch(/Side effects:\s+- STOMP heartbeats switch SockJS's own off/);
});

test("a failure that the baseline accepts needs no fix", () => {
  expect(advisedGroups(record)[0]?.advice).toBe(advice.get(id));
  const known = {
    case: "silence/silent-drop",
    requirement: id,
    reason: "r",
    owner: "o",
    expires: "2099-01-01",
  };
  const accepted = { ...record, baseline: { file: "f", worse: [], known: [known], obsolete: [] } };
  expect(advisedGroups(accepted)).toMatchObject([{ group: { effect: "known" } }]);
  expect(advisedGroups(accepted)[0]?.advice).toBeUndefined();
});
