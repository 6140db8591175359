import { expect, test } from "vitest";
import { parseProfile } from "../../harness/profile/profile.ts";
import { fail, pass } from "../../harness/judge/verdict.ts";
import { caseOf, checkOf } from "../../testing/records/build.ts";
import { allPass } from "../../testing/records/sample.ts";
import { withBaseline } from "../baseline/gate.ts";
import { noCaseRan, recordOf, withCases, type RunFacts } from "./run-record.ts";

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

const facts: RunFacts = {
  target: {
    profile: parseProfile({ url: "http://127.0.0.1/ws" }, "the test"),
    url: new URL("http://127.0.0.1/ws"),
    stop: () => Promise.resolve(),
  },
  strict: false,
  asked: 10,
  interrupted: false,
  startedAt: new Date(0),
  durationMs: 5,
  seed: 1,
  browser: null,
  browserMissing: undefined,
  stopped: { failures: 1, option: "--fail-fast" },
};
const lag = { p50Ms: 0, maxMs: 0, proxy: { p50Ms: 0, maxMs: 0 } };
const passing = cases.map((record) => ({ record, attempts: [] }));
const failing = caseOf("leave/rst", "", [
  checkOf("LEAVE-NOT-TWICE", "no-leave-twice", fail("one leave", "two leaves", [1])),
  checkOf("LEAVE-ON-LOST-CONNECTION", "heard-by-all(alice)", pass([1])),
]);
const stopNote = "Stopped after 1 failed case, by --fail-fast: 9 of 10 cases did not run.";

test("a run that ended at its limit of failures ends with 1, and says how many cases did not run", () => {
  const record = recordOf({ finished: [{ record: failing, attempts: [] }], lag }, facts);
  expect(record).toMatchObject({ outcome: "nonconformant", exitCode: 1, notes: [stopNote] });
  expect(withCases(record, record.cases)).toMatchObject({ outcome: "nonconformant", notes: [stopNote] });
});

test("the cases that did not run are missing where a later judgement passes the others", () => {
  const record = recordOf({ finished: passing, lag }, facts);
  expect(record).toMatchObject({ outcome: "incomplete", exitCode: 3, notes: [stopNote] });
  expect(withCases(record, record.cases)).toMatchObject({ outcome: "incomplete", exitCode: 3 });
  expect(withBaseline(record, nothingKnown).exitCode).toBe(3);
});

test("an interruption is told, and not the limit", () => {
  const record = recordOf({ finished: passing, lag }, { ...facts, interrupted: true });
  expect(record).toMatchObject({
    exitCode: 130,
    notRun: 9,
    notes: ["Interrupted: 1 of 10 cases had ended."],
  });
});

test("a limit that was reached by the last case is no remark", () => {
  const record = recordOf({ finished: passing, lag }, { ...facts, asked: 1 });
  expect(record).toMatchObject({ outcome: "conformant", notes: [] });
});
