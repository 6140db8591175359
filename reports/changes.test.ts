import fc from "fast-check";
import { expect, test } from "vitest";
import { fail, inconclusive, notApplicable, pass, type Verdict } from "../harness/verdict.ts";
import { changesBetween } from "./changes.ts";
import { anyRecord } from "./samples/arbitrary.ts";
import { caseOf, checkOf, recordOf } from "./samples/build.ts";

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
      expect(changesBetween(record, record)).toEqual({ worse: [], open: [], better: [], other: [] });
    }),
    { numRuns: 30 },
  );
});
