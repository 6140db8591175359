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
  const { worse, newlyJudged, open, better, other } = changesBetween(recordWith(was), recordWith(is));
  return Object.entries({ worse, newlyJudged, open, better, other }).flatMap(([name, changes]) =>
    changes.map(({ requirement, was: before, is: now }) => `${name}: ${requirement} ${before} -> ${now}`),
  );
};

test.each([
  ["pass", "fail", ["worse: LEAVE-DISCONNECT pass -> fail"]],
  ["inconclusive", "fail", ["worse: LEAVE-DISCONNECT inconclusive -> fail"]],
  ["not-applicable", "fail", ["newlyJudged: LEAVE-DISCONNECT not-applicable -> fail"]],
  ["not-applicable", "pass", ["newlyJudged: LEAVE-DISCONNECT not-applicable -> pass"]],
  ["", "fail", []],
  ["pass", "inconclusive", ["open: LEAVE-DISCONNECT pass -> inconclusive"]],
  ["fail", "inconclusive", ["open: LEAVE-DISCONNECT fail -> inconclusive"]],
  ["fail", "pass", ["better: LEAVE-DISCONNECT fail -> pass"]],
  ["pass", "not-applicable", ["other: LEAVE-DISCONNECT pass -> not-applicable"]],
  ["pass", "", []],
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

test("a requirement that a case did not have before is newly judged", () => {
  const withChecks = (...requirements: readonly string[]) =>
    recordOf([
      caseOf(
        "leave/a",
        "",
        requirements.map((id) => checkOf(id, "looks", lost)),
      ),
    ]);
  const { worse, newlyJudged } = changesBetween(
    withChecks("LEAVE-DISCONNECT"),
    withChecks("LEAVE-DISCONNECT", "LEAVE-IN-TIME"),
  );
  expect(worse).toEqual([]);
  expect(newlyJudged.map(({ requirement, was, is }) => [requirement, was, is])).toEqual([
    ["LEAVE-IN-TIME", undefined, "fail"],
  ]);
});

test("a universal check that the earlier run does not mention had passed", () => {
  const withChecks = (...requirements: readonly string[]) =>
    recordOf([
      caseOf(
        "leave/a",
        "",
        requirements.map((id) => checkOf(id, "looks", lost)),
      ),
    ]);
  const [sound, twice] = [withChecks("LEAVE-DISCONNECT"), withChecks("LEAVE-DISCONNECT", "LEAVE-NOT-TWICE")];
  expect(changesBetween(sound, twice).worse).toMatchObject([{ requirement: "LEAVE-NOT-TWICE", was: "pass" }]);
  expect(changesBetween(twice, sound).better).toMatchObject([{ requirement: "LEAVE-NOT-TWICE", is: "pass" }]);
});

test("a case that one of the runs did not include is counted, and not compared", () => {
  const few = recordOf([caseOf("leave/a", "", [checkOf(ghost, "looks", won)])]);
  const many = recordOf(
    ["leave/a", "leave/b", "leave/c"].map((id) => caseOf(id, "", [checkOf(ghost, "looks", lost)])),
  );
  const later = changesBetween(few, many);
  expect(later.worse.map((one) => one.case)).toEqual(["leave/a"]);
  expect(later.notCompared).toBe(2);
  expect(changesBetween(many, few)).toMatchObject({ notCompared: 2, other: [] });
});

test("browser cases of a run without a browser are not compared with those of a run that had one", () => {
  const page = (verdict: Verdict, attempts: number, browser: string | null) =>
    recordOf([caseOf("browser/reload", "", [checkOf(ghost, "looks", verdict, attempts)])], {
      environment: { node: "v20", platform: "linux", cpus: 2, browser },
    });
  const without = page(notApplicable("no browser"), 0, null);
  const nothing = { worse: [], newlyJudged: [], other: [] };
  expect(changesBetween(without, page(lost, 1, "Chromium"))).toMatchObject({ ...nothing, notCompared: 1 });
  expect(changesBetween(page(lost, 1, "Chromium"), without)).toMatchObject({ ...nothing, notCompared: 1 });
  expect(changesBetween(without, without)).toMatchObject({ ...nothing, notCompared: 0 });
  const undeclared = page(notApplicable("the profile has no probe"), 0, "Chromium");
  expect(changesBetween(undeclared, page(lost, 1, "Chromium")).newlyJudged).toHaveLength(1);
});

test("a failure binds by its requirement's level", () => {
  const both = (verdict: Verdict) =>
    recordOf([
      caseOf("leave/a", "", [
        checkOf("LEAVE-DISCONNECT", "looks", verdict),
        checkOf("LINGER-ENDS", "looks", verdict),
      ]),
    ]);
  const { worse } = changesBetween(both(won), both(lost));
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
        newlyJudged: [],
        open: [],
        better: [],
        race: [],
        other: [],
        notCompared: 0,
      });
    }),
    { numRuns: 30 },
  );
});
