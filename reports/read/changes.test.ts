import fc from "fast-check";
import { expect, test } from "vitest";
import { fail, inconclusive, notApplicable, pass, type Verdict } from "../../harness/judge/verdict.ts";
import { changesBetween } from "./changes.ts";
import { anyRecord } from "../../testing/records/arbitrary.ts";
import { caseOf, checkOf, recordOf } from "../../testing/records/build.ts";

const verdicts: Readonly<Record<string, Verdict>> = {
  pass: pass([1]),
  fail: fail("one", "two", [1]),
  inconclusive: inconclusive("late"),
  "not-applicable": notApplicable("no browser"),
};

const recordWith = (kind: string) => {
  const verdict = verdicts[kind];
  return recordOf([
    ...(verdict === undefined
      ? []
      : [caseOf("leave/a", "", [checkOf("LEAVE-DISCONNECT", "looks", verdict)])]),
    caseOf("leave/b", "", [checkOf("LINGER-ENDS", "looks", pass([1]))]),
  ]);
};

const groupOf = (was: string, is: string) => {
  const { worse, open, better, other } = changesBetween(recordWith(was), recordWith(is));
  return Object.entries({ worse, open, better, other }).flatMap(([name, changes]) =>
    changes.map(({ requirement, was: before, is: now }) => `${name}: ${requirement} ${before} -> ${now}`),
  );
};

test.each([
  ["pass", "fail", ["worse: LEAVE-DISCONNECT pass -> fail"]],
  ["inconclusive", "fail", ["worse: LEAVE-DISCONNECT inconclusive -> fail"]],
  ["", "fail", ["worse: LEAVE-DISCONNECT undefined -> fail"]],
  ["pass", "inconclusive", ["open: LEAVE-DISCONNECT pass -> inconclusive"]],
  ["fail", "inconclusive", ["open: LEAVE-DISCONNECT fail -> inconclusive"]],
  ["fail", "pass", ["better: LEAVE-DISCONNECT fail -> pass"]],
  ["pass", "not-applicable", ["other: LEAVE-DISCONNECT pass -> not-applicable"]],
  ["pass", "", ["other: LEAVE-DISCONNECT pass -> undefined"]],
  ["pass", "pass", []],
])("from %s to %s", (was, is, expected) => {
  expect(groupOf(was, is)).toEqual(expected);
});

const ghost = "IDENTIFY-LEAVES-NO-GHOST";
const lost = fail("one", "two", [1]);
const won = pass([1]);

/** A case in which an identify races with a session's end, for each verdict. */
const races = (...outcomes: readonly Verdict[]) =>
  recordOf(
    outcomes.map((outcome, place) => ({
      ...caseOf(`leave/race-${place}`, "", [checkOf(ghost, "looks", outcome)]),
      axes: { phase: "identifying" },
    })),
  );

test("a race that both runs lost is no worse where it was lost this time", () => {
  const { worse, better, race } = changesBetween(races(lost, won), races(won, lost));
  expect([worse, better]).toEqual([[], []]);
  expect(race.map(({ was, is }) => [was, is])).toEqual([
    ["fail", "pass"],
    ["pass", "fail"],
  ]);
});

test("a race that nothing shows any more is open", () => {
  const { open } = changesBetween(races(lost, won), races(lost, inconclusive("late")));
  expect(open).toHaveLength(1);
});

test("a race is worse where only the later run lost it, and better where only the earlier one did", () => {
  expect(changesBetween(races(won, won), races(won, lost)).worse).toHaveLength(1);
  expect(changesBetween(races(won, lost), races(won, won)).better).toHaveLength(1);
});

test("what a failure had left open is not worse when it fails, too", () => {
  const record = (missing: Verdict, late: Verdict) =>
    recordOf([
      caseOf("leave/a", "", [
        checkOf("LEAVE-DISCONNECT", "looks", missing),
        checkOf("LEAVE-IN-TIME", "looks", late),
      ]),
    ]);
  const before = record(lost, inconclusive("nobody heard a leave"));
  const { worse, other } = changesBetween(before, record(lost, lost));
  expect(worse).toEqual([]);
  expect(other).toHaveLength(1);
});

test("a failure binds by its requirement's level", () => {
  const { worse } = changesBetween(
    recordOf([]),
    recordOf([
      caseOf("leave/a", "", [
        checkOf("LEAVE-DISCONNECT", "looks", fail("one", "two", [1])),
        checkOf("LINGER-ENDS", "looks", fail("one", "two", [1])),
      ]),
    ]),
  );
  expect(worse.map(({ requirement, binding }) => [requirement, binding])).toEqual([
    ["LEAVE-DISCONNECT", true],
    ["LINGER-ENDS", false],
  ]);
});

test("a run beside itself has not changed", () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      expect(changesBetween(record, record)).toEqual({
        worse: [],
        open: [],
        better: [],
        race: [],
        other: [],
      });
    }),
    { numRuns: 30 },
  );
});
