import { expect, test } from "vitest";
import { combine, finishedCase, needsAnother, withSurplus } from "./attempts.ts";
import { arrives, ends, hears, written } from "./testing/written.ts";
import { fail, inconclusive, pass, type Verdict } from "./verdict.ts";

const one = {
  id: "a/b",
  axes: {},
  scenario: { id: "a/b", title: "t", run: () => Promise.resolve(), checks: {} },
};
const plain = written(...arrives("alice", 0), ...ends("alice", 1));
const strange = written(...arrives("alice", 0), hears("alice", "leave", "ghost", 1, "nobody"));

const attempt = (verdict: Verdict, events = plain, check = "no-leave-twice", lagMaxMs = 0) =>
  finishedCase(one, {
    caseId: "case-1",
    verdicts: [{ ...verdict, requirement: "R", check }],
    detections: [],
    durationMs: 1,
    lagMaxMs,
    events,
  });

test("a case is run again that saw a leave which no case claims, or that the harness itself held up", () => {
  expect(needsAnother(attempt(pass([0]), strange))).toBe(true);
  expect(needsAnother(attempt(inconclusive("late"), plain, "x", 251))).toBe(true);
  expect(needsAnother(attempt(inconclusive("late"), plain, "x", 250))).toBe(false);
  expect(needsAnother(attempt(pass([0]), plain, "x", 900))).toBe(false);
  expect(needsAnother(attempt(fail("a", "b"), plain, "x", 900))).toBe(false);
});

test("an attempt that the harness itself held up says nothing; the second is what counts", () => {
  const heldUp = attempt(inconclusive("late"), plain, "x", 900);
  expect(combine(heldUp, attempt(pass([0]))).record.verdicts).toMatchObject([{ kind: "pass", attempts: 2 }]);
  expect(combine(heldUp, attempt(fail("a", "b"))).record.verdicts).toMatchObject([
    { kind: "fail", failedAttempts: 1 },
  ]);
});

test("the timeline is kept of what did not pass", () => {
  expect(attempt(pass([0])).record.timeline).toBeUndefined();
  expect(attempt(fail("a", "b")).record.timeline).toBe(plain);
});

test.each([
  [fail("a", "b"), pass([0]), "fail", 1],
  [pass([0]), fail("a", "b"), "fail", 1],
  [fail("a", "b"), fail("a", "b"), "fail", 2],
  [inconclusive("a stranger"), pass([0]), "inconclusive", 0],
  [pass([0]), pass([0]), "pass", 0],
] as const)("of two attempts the worse holds: %j, then %j", (before, after, kind, failedAttempts) => {
  const { record } = combine(attempt(before, strange), attempt(after));
  expect(record.verdicts).toMatchObject([{ kind, attempts: 2, failedAttempts }]);
});

test("evidence points into the history that is kept: that of the attempt which went worse", () => {
  const worse = attempt(fail("a", "b", [1]), strange);
  const combined = combine(worse, attempt(pass([0])));
  expect(combined.events).toBe(strange);
  expect(combined.record.verdicts).toMatchObject([{ evidence: [1] }]);
});

test("what the run heard too often fails the case that it belongs to", () => {
  const surplus = [{ caseId: "case-1", client: "alice", heard: 2, sessions: 1 }];
  expect(withSurplus(attempt(pass([0])), surplus).record.verdicts).toMatchObject([
    {
      kind: "fail",
      expected: '1 leave of "alice" in the whole run',
      actual: "an actor of another case heard 2",
    },
  ]);
  expect(withSurplus(attempt(pass([0]), plain, "other"), surplus).record.verdicts).toMatchObject([
    { kind: "pass" },
  ]);
  const others = [{ caseId: "case-2", client: "alice", heard: 2, sessions: 1 }];
  expect(withSurplus(attempt(pass([0])), others).record.verdicts).toMatchObject([{ kind: "pass" }]);
});
