import { expect, test } from "vitest";
import type { RunRecord } from "../../harness/judge/record.ts";
import { fail } from "../../harness/judge/verdict.ts";
import { javaClasses } from "../advice/java.generated.ts";
import { advisedGroups } from "./advised-groups.ts";
import { renderHtml } from "../html.tsx";
import { markdown } from "../reporters/markdown.ts";
import { caseOf, checkOf, detectionsOf, recordOf } from "../../testing/records/build.ts";
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
const failing = recordOf([
  caseOf("silence/silent-drop", "A drop is told", [
    checkOf(id, "told-in-time(alice)", fail("a leave", "none")),
  ]),
]);
const record: RunRecord = {
  ...failing,
  target: {
    ...failing.target,
    said: { heartBeats: [{ offered: "10000,10000", answered: "0,0" }], servers: [] },
  },
  requirements: [requirement],
};

test("a failed silent drop comes with the class, its side effects and a link, in the terminal with a pointer to them", () => {
  const code = javaClasses.HeartbeatsConfig.split("\n");
  expect(code.length).toBeGreaterThan(20);
  const escaped = (line: string) =>
    line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  const html = renderHtml(record).replaceAll("&quot;", '"').replaceAll('"', "&quot;");
  for (const line of code) {
    expect(markdown.render(record)).toContain(line);
    expect(html).toContain(escaped(line));
  }
  const terminal = renderSummary(record, { color: false, width: 900 });
  expect(terminal).toContain("The whole class, HeartbeatsConfig, and its side effects are in the report.");
  expect(markdown.render(record)).toMatch(/Side effects:\s+- STOMP heartbeats switch SockJS's own off/);
  for (const text of [terminal, markdown.render(record)]) {
    expect(text).toMatch(/Simple Broker.*https:\/\/docs\.spring\.io\S+handle-simple-broker\.html/);
  }
  expect(html).toMatch(/href=&quot;https:\/\/docs\.spring\.io[^&]+handle-simple-broker\.html&quot;/);
});

test("a failure that the baseline accepts needs no fix", () => {
  expect(advisedGroups(record)[0]?.advice?.spring?.code?.name).toBe("HeartbeatsConfig");
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

test("a class is shown once, and named where other advice has it, too", () => {
  const ids = ["LEAVE-NOT-TWICE", "IDENTIFY-LEAVES-NO-GHOST"];
  const checks = ids.map((one) => checkOf(one, "c", fail("one leave", "two")));
  const both = {
    ...record,
    cases: [caseOf("leave/fin", "x", checks)],
    requirements: ids.map((one) => ({ ...requirement, id: one })),
  };
  const texts = advisedGroups(both).map(({ advice }) => advice?.spring?.code?.text);
  expect(texts).toEqual([javaClasses.Presence, undefined]);
  expect(advisedGroups(both)[1]?.advice?.spring?.code).toEqual({ name: "Presence", at: 1 });
});

test("further findings of a very likely cause are folded away below the others, in all formats", () => {
  const late = (fault: string, place: number) =>
    caseOf(
      `leave/${fault}[n=${place}]`,
      "x",
      [checkOf("LEAVE-IN-TIME", "left-inside-window(alice)", fail("by 1 s", "at 2.5 s, too late", [0]))],
      { detections: detectionsOf(fault, [null, 1_000], 2_500 + place) },
    );
  const lateOnes = ["fin", "rst", "close"].flatMap((fault) => [1, 2, 3].map((place) => late(fault, place)));
  const twice = caseOf("leave/disconnect", "x", [checkOf("LEAVE-NOT-TWICE", "c", fail("one leave", "two"))]);
  const mixed = recordOf([...lateOnes, twice]);
  const groups = advisedGroups(mixed);
  expect(groups.map(({ number, isFurther }) => [number, isFurther])).toEqual([
    [1, false],
    [2, false],
    [3, true],
    [4, true],
  ]);
  expect(groups[1]?.group.requirement).toBe("LEAVE-NOT-TWICE");
  const words = "2 more findings in 6 cases with a cause named above";
  expect(renderSummary(mixed)).toContain(`and ${words}: see the report`);
  expect(markdown.render(mixed)).toContain(`- and ${words}, in the HTML report`);
  expect(renderHtml(mixed)).toContain(`<summary>${words}</summary>`);
});
