import { expect, test } from "vitest";
import { renderHtml } from "../html.tsx";
import { junit } from "../reporters/junit.ts";
import { withFailures } from "../../testing/records/sample.ts";
import { hostileStrings } from "../../testing/records/hostile.ts";
import { parseRecord } from "../files/record-file.ts";
import { renderSummary } from "../summary.ts";

const steps = [
  "1. alice connects, and at once:",
  "2. alice identifies as itself",
  "3. alice says DISCONNECT",
];
const found = (own: readonly string[], replay: string) => {
  const record = withFailures();
  return { ...record, cases: record.cases.map((one) => ({ ...one, steps: own, replay })) };
};

test("each report says what was done, in its order, and how it is done again", () => {
  const record = found(steps, "replays/any-history-5-17.json");
  const reports = [renderSummary(record, { color: false }), junit.render(record), renderHtml(record)];
  for (const report of reports) {
    const places = steps.map((step) => report.indexOf(step));
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(report).toMatch(/hangup replay '?replays\/any-history-5-17\.json/);
  }
});

test("a file's name that a shell could misread is not offered to one", () => {
  expect(renderHtml(found(steps, "replays/$(reboot).json"))).not.toContain("hangup replay");
});

test("whatever the steps hold, they are text", () => {
  const record = found(hostileStrings, "replays/x.json");
  expect(renderHtml(record)).not.toMatch(/<script>alert/);
  expect(renderSummary(record, { color: false })).not.toMatch(/[^\P{Cc}\n]/u);
  expect(parseRecord(JSON.stringify(record), "report.json")).toEqual(record);
});
