import { expect, test } from "vitest";
import { pass } from "../../harness/judge/verdict.ts";
import { caseOf, checkOf } from "../../testing/records/build.ts";
import { allPass } from "../../testing/records/sample.ts";
import { withBaseline } from "../baseline/gate.ts";
import { noCaseRan, withCases } from "./run-record.ts";

/** A leave and an absence that were judged. */
const cases = [
  caseOf("leave/fin", "", [
    checkOf("LEAVE-ON-LOST-CONNECTION", "heard-by-all(alice)", pass([1])),
    checkOf("NO-FALSE-LEAVE", "no-false-leave", pass([2])),
  ]),
];
const nothingKnown = { file: "known.json", worse: [], known: [], obsolete: [] };

test("where a shard ended before its first case, the whole is incomplete, however the others went", () => {
  expect(withCases(allPass(), cases)).toMatchObject({ outcome: "conformant", exitCode: 0 });
  const notes = [`${noCaseRan}nothing listens there`];
  const whole = withCases({ ...allPass(), notes }, cases);
  expect(whole).toMatchObject({ outcome: "incomplete", exitCode: 3, notes });
  expect(withBaseline(whole, nothingKnown).exitCode).toBe(3);
});
