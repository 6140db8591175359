import { expect, test } from "vitest";
import type { AgainstBaseline } from "../../harness/judge/record.ts";
import { fail, inconclusive } from "../../harness/judge/verdict.ts";
import { caseOf, checkOf, recordOf } from "../../testing/records/build.ts";
import { someBaseline } from "../../testing/records/grid.ts";
import { caseStatusIn } from "./case-status.ts";

const requirement = "LEAVE-DISCONNECT";
const open = caseOf("leave/a", "", [checkOf(requirement, "looks", inconclusive("late"))]);
const failed = caseOf("leave/b", "", [checkOf(requirement, "looks", fail("one", "two"))]);

const statuses = (baseline: Partial<AgainstBaseline>) => {
  const record = recordOf([open, failed], { baseline: { ...someBaseline, known: [], ...baseline } });
  return record.cases.map(caseStatusIn(record));
};

test("a case is accepted by what its entry accepts, and by nothing else", () => {
  const entry = { requirement, reason: "old", owner: "ada", expires: "2027-01-01" };
  expect(statuses({})).toEqual(["inconclusive", "failed"]);
  const both = ["leave/a", "leave/b"].map((id) => ({ ...entry, case: id }));
  expect(statuses({ known: both })).toEqual(["inconclusive", "accepted"]);
  const asOpen = both.map((one) => ({ ...one, accepts: "inconclusive" as const }));
  expect(statuses({ known: asOpen })).toEqual(["accepted", "failed"]);
});

test("findings of a requirement that is newer than the baseline are accepted", () => {
  const newer = [
    { case: "leave/a", requirement, kind: "inconclusive" as const },
    { case: "leave/b", requirement, kind: "fail" as const },
  ];
  expect(statuses({ newer })).toEqual(["accepted", "accepted"]);
});
