import { describe, expect, test } from "vitest";
import { judgeCase, nextAttempt, type Attempt } from "./attempts.ts";
import type { Check } from "./check.ts";
import { arrives, ends, hears, profile, written } from "./testing/written.ts";
import { fail, inconclusive, pass, type Verdict } from "./verdict.ts";

const plain = written(...arrives("alice", 0), ...ends("alice", 1));
const strange = written(...arrives("alice", 0), hears("alice", "leave", "ghost", 1, "nobody"));

/** A check that says of each history, by its identity, what the test wants. */
const said = new Map<Attempt["events"], Verdict>();
const check = (timed: boolean): Check => ({
  name: "a-check",
  timed,
  judge: ({ events }) => said.get(events) ?? pass([0]),
});
const caseOf = (timed = false) => ({
  id: "a/b",
  axes: {},
  scenario: { id: "a/b", title: "t", run: () => Promise.resolve(), checks: { R: [check(timed)] } },
});

function attempt(verdict: Verdict, { events = plain, lagMaxMs = 0 } = {}): Attempt {
  const own = [...events];
  said.set(own, verdict);
  return { alone: false, trouble: null, durationMs: 1, lagMaxMs, events: own };
}
const verdictOf = (...attempts: Attempt[]) => judgeCase(caseOf(), attempts, profile).verdicts[0];

const wrong = fail("a", "b", [1]);
const open = inconclusive("nobody knows");

describe("another attempt", () => {
  const next = (...attempts: Attempt[]) => nextAttempt(caseOf(), attempts, profile);
  const nextTimed = (...attempts: Attempt[]) => nextAttempt(caseOf(true), attempts, profile);

  test("is made alone where a leave was unclaimed, or the harness itself left the case open; once", () => {
    const stranger = attempt(pass([0]), { events: strange });
    const heldUp = attempt(open, { lagMaxMs: 251 });
    expect(next(stranger)).toBe("alone");
    expect(next(heldUp)).toBe("alone");
    expect(next(stranger, attempt(pass([0])))).toBeUndefined();
    expect(next(heldUp, heldUp)).toBeUndefined();
  });

  test("is not made because of what the harness's delay does not explain", () => {
    expect(next(attempt(open, { lagMaxMs: 250 }))).toBeUndefined();
    expect(next(attempt(pass([0]), { lagMaxMs: 900 }))).toBeUndefined();
    expect(next(attempt(wrong, { lagMaxMs: 900 }))).toBeUndefined();
  });

  test("is made twice where a time was wrong, whatever comes of the second", () => {
    expect(nextTimed(attempt(wrong))).toBe("again");
    expect(nextTimed(attempt(wrong), attempt(pass([0])))).toBe("again");
    expect(nextTimed(attempt(wrong), attempt(pass([0])), attempt(pass([0])))).toBeUndefined();
    expect(nextTimed(attempt(pass([0])))).toBeUndefined();
    expect(next(attempt(wrong))).toBeUndefined();
  });
});

test.each([
  [[wrong, pass([0])], "fail", 1],
  [[pass([0]), wrong], "fail", 1],
  [[wrong, wrong], "fail", 2],
  [[pass([0]), wrong, pass([0])], "fail", 1],
  [[open, pass([0])], "inconclusive", 0],
  [[pass([0]), pass([0])], "pass", 0],
] as const)("of all attempts the worst holds: %j", (verdicts, kind, failedAttempts) => {
  const attempts = verdicts.map((verdict) => attempt(verdict));
  expect(verdictOf(...attempts)).toMatchObject({ kind, attempts: attempts.length, failedAttempts });
});

test("an attempt that the harness itself held up says nothing as soon as there is another", () => {
  const heldUp = attempt(open, { lagMaxMs: 900 });
  expect(verdictOf(heldUp)).toMatchObject({ kind: "inconclusive" });
  expect(verdictOf(heldUp, attempt(pass([0])))).toMatchObject({ kind: "pass", attempts: 2 });
  expect(verdictOf(heldUp, attempt(wrong))).toMatchObject({ kind: "fail", failedAttempts: 1 });
  expect(verdictOf(heldUp, attempt(open, { lagMaxMs: 900 }))).toMatchObject({ kind: "inconclusive" });
  expect(verdictOf(attempt(wrong, { lagMaxMs: 900 }), attempt(pass([0])))).toMatchObject({ kind: "fail" });
});

test("the history that is kept, and that evidence points into, is that of the attempt which went worst", () => {
  const worse = attempt(wrong);
  const record = judgeCase(caseOf(), [attempt(pass([0])), worse, attempt(pass([0]))], profile);
  expect(record.timeline).toBe(worse.events);
  expect(record.verdicts).toMatchObject([{ evidence: [1] }]);
  expect(judgeCase(caseOf(), [attempt(pass([0]))], profile).timeline).toBeUndefined();
});

test("a check that failed in another attempt than the one kept points at nothing there", () => {
  const second: Check = { name: "second", judge: ({ events }) => (events === late ? wrong : pass([0])) };
  const first: Check = { name: "first", judge: ({ events }) => (events === late ? pass([0]) : wrong) };
  const [early, late] = [[...plain], [...plain]];
  const one = { ...caseOf(), scenario: { ...caseOf().scenario, checks: { R: [first, second] } } };
  const attempts = [early, late].map((events) => ({ ...attempt(pass([0])), events }));
  const { verdicts, timeline } = judgeCase(one, attempts, profile);
  expect(timeline).toBe(late);
  expect(verdicts).toMatchObject([
    { kind: "fail", evidence: [], failedAttempts: 1 },
    { kind: "fail", evidence: [1], failedAttempts: 1 },
  ]);
});
