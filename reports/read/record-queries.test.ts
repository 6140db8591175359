import { expect, test } from "vitest";
import { fail, inconclusive, notApplicable as skip, pass } from "../../harness/judge/verdict.ts";
import { notApplicable, repetition, verdictLine } from "./record-queries.ts";
import { allPass, withFailures, withInconclusive, withoutBrowser } from "../../testing/records/sample.ts";
import { caseOf, checkOf, recordOf } from "../../testing/records/build.ts";

test.each([
  [allPass(), "conformant: 11 of 11 MUSTs judged, 17 cases passed in 9.81 s"],
  [
    withFailures(),
    "not conformant: 2 of 10 judged MUSTs fail, 3 cases failed, 1 inconclusive, 15 passed, 2 not applicable in 12.6 s",
  ],
  [withInconclusive(), "evidence incomplete: 9 of 11 MUSTs judged, 1 case inconclusive, 16 passed in 21.4 s"],
  [withoutBrowser(), "conformant: 10 of 11 MUSTs judged, 14 cases passed, 3 not applicable in 9.81 s"],
  [
    { ...allPass(), exitCode: 130 },
    "conformant: 11 of 11 MUSTs judged, 17 cases passed in 9.81 s (interrupted)",
  ],
  [
    recordOf([
      caseOf("a/b", "", [checkOf("LINGER-ENDS", "c", fail("x", "y"))]),
      caseOf("a/c", "", [checkOf("NO-FALSE-LEAVE", "c", pass([1]))]),
    ]),
    "conformant: 1 of 1 MUST judged, 1 case passed, 1 failed (below MUST or waived) in 9.81 s",
  ],
  [
    {
      ...recordOf([caseOf("a/b", "", [checkOf("NO-FALSE-LEAVE", "c", pass([1]))])]),
      outcome: "incomplete" as const,
    },
    "evidence incomplete: 1 of 1 MUST judged, 1 case passed in 9.81 s",
  ],
  [recordOf([]), "conformant: 0 of 0 MUSTs judged, 0 cases passed in 9.81 s"],
])("the verdict line of record %#", (record, line) => {
  expect(verdictLine(record)).toBe(line);
});

test("reasons why checks do not apply are told once, the most frequent first", () => {
  const record = recordOf([
    caseOf("a/1", "", [checkOf("R", "c", skip("no browser"))]),
    caseOf("a/2", "", [checkOf("R", "c", skip("no probe")), checkOf("R", "d", skip("no probe"))]),
    caseOf("a/3", "", [checkOf("R", "c", skip("no probe")), checkOf("R", "d", inconclusive("lag"))]),
  ]);
  expect(
    notApplicable(record).map(({ reason, checks, cases }) => [reason, checks, cases.map(({ id }) => id)]),
  ).toEqual([
    ["no probe", 3, ["a/2", "a/3"]],
    ["no browser", 1, ["a/1"]],
  ]);
});

test.each([
  [1, 1, null],
  [3, 3, "failed in 3 of 3 runs"],
  [3, 1, "failed in 1 of 3 runs: flaky"],
])("a check that was run %d times and failed %d times", (attempts, failed, words) => {
  expect(repetition(checkOf("R", "c", fail("x", "y"), attempts, failed))).toBe(words);
});

test("a case that failed each time, now by this check and then by another, is not flaky", () => {
  const check = checkOf("R", "c", fail("x", "y"), 3, 1);
  expect(repetition({ ...check, passedAttempts: 0 })).toBe("failed in 1 of 3 runs");
  expect(repetition({ ...check, passedAttempts: 1 })).toBe("failed in 1 of 3 runs: flaky");
});

test("what alone does not fail again is only beside other sessions", () => {
  const check = { ...checkOf("R", "c", fail("x", "y"), 2, 1), passedAttempts: 1, onlyBeside: true as const };
  expect(repetition(check)).toBe("failed in 1 of 2 runs: only beside other sessions");
});
