import { expect, test } from "vitest";
import type { CaseRecord, CheckRecord } from "../../harness/judge/record.ts";
import { groupFailures, othersInWords } from "./grouped-failures.ts";

const failed = (requirement: string, check: string, actual = "b"): CheckRecord => ({
  kind: "fail",
  expected: "a",
  actual,
  evidence: [],
  requirement,
  check,
  attempts: 1,
  failedAttempts: 1,
});

const run = (id: string, ...verdicts: CheckRecord[]): CaseRecord => ({
  id,
  scenario: "a/b",
  title: "t",
  axes: {},
  durationMs: 1,
  lagMaxMs: 0,
  verdicts,
  detections: [],
});

const stays = (id: string, who: string) =>
  run(id, failed("STAYS", "others-stay-connected", `the target closed ${who}`));

test("cases that fail the same checks are one finding, whoever plays in them and whatever the times", () => {
  const cases = [
    stays("a", "bob"),
    run("b", failed("STAYS", "others-stay-connected"), failed("LEFT", "heard-by-all(bob)")),
    stays("c", "carol"),
    run("d", failed("LEFT", "heard-by-all(dave)"), failed("STAYS", "others-stay-connected")),
  ];
  const ids = groupFailures(cases).map(({ run: first, others }) => [first.id, ...others.map(({ id }) => id)]);
  expect(ids).toEqual([
    ["a", "c"],
    ["b", "d"],
  ]);
});

test("a case without a failure is a finding of its own", () => {
  expect(groupFailures([run("a"), run("b")])).toHaveLength(2);
});

test("the words count the others and name the first of them", () => {
  const [one] = groupFailures([stays("a", "bob")]);
  expect(one && othersInWords(one)).toBeUndefined();
  const [two] = groupFailures(["a", "b"].map((id) => stays(id, "bob")));
  expect(two && othersInWords(two)).toBe("the same in 1 more case: b");
  const [many] = groupFailures(["a", "b", "c", "d", "e"].map((id) => stays(id, "bob")));
  expect(many && othersInWords(many)).toBe("the same in 4 more cases: b, c, d, \u2026");
});
