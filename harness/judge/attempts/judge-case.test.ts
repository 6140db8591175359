import { describe, expect, test } from "vitest";
import { judgeCase, notAsked } from "./judge-case.ts";
import type { Attempt } from "./judged-attempt.ts";
import { nextAttempt } from "./next-attempt.ts";
import type { Check } from "../check.ts";
import { caseOf } from "../../scenario/scenario.ts";
import {
  arrives,
  closes,
  ends,
  hears,
  lags,
  profile,
  waitedOut,
  written,
} from "../../../testing/harness/written.ts";
import { notApplicable, pass, type Verdict } from "../verdict.ts";
import {
  asked,
  asking,
  attempt,
  check,
  open,
  plain,
  said,
  strange,
  verdictOf,
  wrong,
} from "../../../testing/harness/attempted.ts";

test("a leave announced twice counts in an attempt that is ignored otherwise, with its own evidence", () => {
  const left = [...arrives("bob", 0), ...arrives("alice", 1), ...ends("alice", 10)];
  const leave = hears("bob", "leave", "alice", 20);
  const strangers = { ...asked(), scenario: { ...asked().scenario, mayBreakFrames: true } };
  const judged = (events: Attempt["events"]) =>
    judgeCase(strangers, [attempt(wrong, { events }), attempt(pass([0]), { alone: true })], profile);
  expect(judged(written(...left, leave))).toMatchObject({ verdicts: [{ kind: "pass", attempts: 1 }] });
  const twice = written(...left, leave, leave);
  const { verdicts, timeline } = judged(twice);
  expect(verdicts).toMatchObject([
    { kind: "fail", requirement: "LEAVE-NOT-TWICE", attempts: 2, failedAttempts: 1 },
    { kind: "pass", check: "a-check" },
  ]);
  expect(timeline).toEqual(twice);
});

describe("a failure of one of several attempts", () => {
  const alone = attempt(pass([0]), { alone: true });
  const rateOf = (...attempts: Attempt[]) => verdictOf(...attempts);

  test("that never comes alone is only beside other sessions", () => {
    expect(rateOf(attempt(wrong), alone)).toMatchObject({ onlyBeside: true, passedAttempts: 1 });
    expect(rateOf(attempt(wrong), attempt(wrong), alone)).toMatchObject({ onlyBeside: true });
    expect(rateOf(attempt(wrong), attempt(pass([0])), alone)).not.toHaveProperty("onlyBeside");
    expect(rateOf(attempt(wrong), attempt(wrong, { alone: true }))).not.toHaveProperty("onlyBeside");
    expect(rateOf(attempt(wrong), attempt(open, { alone: true }))).not.toHaveProperty("onlyBeside");
    expect(rateOf(attempt(wrong))).not.toHaveProperty("passedAttempts");
  });

  test("counts the attempts in which everything passed, whatever failed in the others", () => {
    const { verdicts } = ofTwoChecks([wrong, pass([0])], [pass([0]), wrong]);
    expect(verdicts).toMatchObject([{ passedAttempts: 0 }, { passedAttempts: 0 }]);
    expect(rateOf(attempt(wrong), attempt(pass([0])))).toMatchObject({ passedAttempts: 1 });
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

test("each attempt at a property is another history, so that one that fails is no sign of flakiness", () => {
  const property = caseOf({
    id: "a/b",
    title: "t",
    isProperty: true,
    run: () => Promise.resolve(),
    checks: { R: [check(false)] },
  });
  const judgedBy = (...verdicts: Verdict[]) =>
    judgeCase(
      property,
      verdicts.map((verdict) => attempt(verdict)),
      profile,
    ).verdicts[0];
  expect(judgedBy(pass([0]), wrong, pass([0]))).toMatchObject({
    kind: "fail",
    attempts: 1,
    failedAttempts: 1,
  });
  expect(judgedBy(pass([0]), pass([0]))).toMatchObject({ kind: "pass", attempts: 1, failedAttempts: 0 });
});

test("an attempt that the harness itself held up says nothing as soon as there is another", () => {
  const heldUp = attempt(open, { lagMaxMs: 900 });
  expect(verdictOf(heldUp)).toMatchObject({ kind: "inconclusive" });
  expect(verdictOf(heldUp, attempt(pass([0])))).toMatchObject({ kind: "pass", attempts: 1 });
  expect(verdictOf(heldUp, attempt(wrong))).toMatchObject({ kind: "fail", failedAttempts: 1 });
  expect(verdictOf(heldUp, attempt(open, { lagMaxMs: 900 }))).toMatchObject({ kind: "inconclusive" });
  expect(verdictOf(attempt(wrong, { lagMaxMs: 900 }), attempt(pass([0])))).toMatchObject({ kind: "fail" });
  // A leave that nobody claims is no matter of delay.
  const stranger = attempt(open, { events: strange, lagMaxMs: 900 });
  expect(verdictOf(stranger, attempt(pass([0])))).toMatchObject({ kind: "inconclusive", attempts: 2 });
});

describe("an excuse must be as large as what it excuses", () => {
  const lagged = (atMs: number, lagMs: number) => lags(atMs, lagMs);
  /** Alice's leave is due at 1.010 s, and nobody has heard it when it was waited for until 4 s. */
  const missing = (...more: ReturnType<typeof lags>[]) =>
    written(...arrives("bob", 0), ...arrives("alice", 0), ...ends("alice", 10), ...more, waitedOut(4_000));
  const later = attempt(pass([0]));

  test("a spike of 260 ms does not explain a leave that is missing for 3 s: such an attempt counts", () => {
    const spiked = attempt(open, { events: missing(lagged(500, 260)), lagMaxMs: 260 });
    expect(nextAttempt(asked(), [spiked], profile)).toBe("alone");
    expect(verdictOf(spiked, later)).toMatchObject({ kind: "inconclusive", attempts: 2 });
    expect(verdictOf(spiked, spiked)).toMatchObject({ kind: "inconclusive", attempts: 2 });
  });

  test("a stall of 3 s does, and many delays that add up to as much, as long as a notice waits for so many", () => {
    const stalled = attempt(open, { events: missing(lagged(3_500, 3_000)), lagMaxMs: 3_000 });
    expect(verdictOf(stalled, later)).toMatchObject({ kind: "pass", attempts: 1 });
    const turns = (lagMs: number) =>
      Array.from({ length: 7 }, (_, n): ReturnType<typeof lags> => [
        (n + 1) * 500,
        { kind: "harness-lagged", actor: "harness", source: "event-loop", lagMs, sumMs: 450, overMs: 500 },
      ]);
    const busy = attempt(open, { events: missing(...turns(160)), lagMaxMs: 160 });
    expect(nextAttempt(asked(), [busy], profile)).toBe("alone");
    expect(verdictOf(busy, later)).toMatchObject({ kind: "pass", attempts: 1 });
    const lessOften = attempt(open, { events: missing(...turns(160).slice(2)), lagMaxMs: 160 });
    expect(verdictOf(lessOften, later)).toMatchObject({ kind: "inconclusive", attempts: 2 });
    const shorter = attempt(open, { events: missing(...turns(60)), lagMaxMs: 60 });
    expect(verdictOf(shorter, later)).toMatchObject({ kind: "inconclusive", attempts: 2 });
  });

  test("a scenario that could not be carried out had seconds for each step: only seconds of delay explain it", () => {
    const stuck = (lagMs: number) => ({
      ...attempt(open, { events: written(...arrives("bob", 0), lagged(6_000, lagMs)), lagMaxMs: lagMs }),
      trouble: "alice got no CONNECTED in 10000 ms",
    });
    const kindAfter = (lagMs: number) => judgeCase(asked(), [stuck(lagMs), later], profile).verdicts[0]?.kind;
    expect(nextAttempt(asked(), [stuck(300)], profile)).toBe("alone");
    expect(kindAfter(300)).toBe("inconclusive");
    expect(kindAfter(5_000)).toBe("pass");
  });

  test("a client whose heartbeats it held up may be closed by the target: a delay of less than a second explains that", () => {
    const stopped = (lagMs: number, heartbeatMs = 1_000) => ({
      ...attempt(open, {
        events: written(
          ...arrives("alice", 0, { heartbeatMs }),
          lags(2_300, lagMs),
          closes("alice", 2_600, 1002),
        ),
        lagMaxMs: lagMs,
      }),
      trouble: "the target closed alice's connection with code 1002, at 2.6 s: no heartbeat",
    });
    const kindAfter = (one: Attempt) => judgeCase(asked(), [one, later], profile).verdicts[0]?.kind;
    expect(kindAfter(stopped(900))).toBe("pass");
    expect(kindAfter(stopped(240))).toBe("inconclusive");
    // Without heartbeats the delay gave the target no reason.
    expect(kindAfter(stopped(900, 0))).toBe("inconclusive");
  });
});

test("the history that is kept, and that evidence points into, is that of the attempt which went worst", () => {
  const worse = attempt(wrong);
  const record = judgeCase(asked(), [attempt(pass([0])), worse, attempt(pass([0]))], profile);
  expect(record.timeline).toBe(worse.events);
  expect(record.verdicts).toMatchObject([{ evidence: [1] }]);
  expect(judgeCase(asked(), [attempt(pass([0]))], profile).timeline).toBeUndefined();
  expect(judgeCase(asked(), [attempt(notApplicable("r"))], profile)).not.toHaveProperty("timeline");
});

/** A case of two checks, of which each says of two attempts what is given. */
function ofTwoChecks(first: readonly [Verdict, Verdict], second: readonly [Verdict, Verdict]) {
  const histories = [[...plain], [...plain]];
  const checks = [first, second].map((verdicts, n): Check => ({
    name: `check-${n}`,
    judge: ({ events }) => verdicts[histories.findIndex((history) => history === events)] ?? open,
  }));
  const one = asking({ R: checks });
  const attempts = histories.map((events) => ({ ...attempt(pass([0])), events }));
  const { verdicts, timeline } = judgeCase(one, attempts, profile);
  return { verdicts, kept: histories.findIndex((history) => history === timeline) };
}

test("a check that failed in another attempt than the one kept points at nothing there", () => {
  const { verdicts, kept } = ofTwoChecks([wrong, pass([0])], [pass([0]), wrong]);
  expect(kept).toBe(1);
  expect(verdicts).toMatchObject([
    { kind: "fail", evidence: [], failedAttempts: 1 },
    { kind: "fail", evidence: [1], failedAttempts: 1 },
  ]);
});

test("what an attempt failed without being asked is kept beside another attempt's failure", () => {
  const left = [...arrives("bob", 0), ...arrives("alice", 1), ...ends("alice", 20)];
  const told = [hears("bob", "leave", "alice", 25), hears("bob", "leave", "alice", 26)];
  const twice = attempt(pass([0]), { events: written(...left, ...told) });
  const { verdicts } = judgeCase(asked(), [twice, attempt(wrong)], profile);
  expect(verdicts).toMatchObject([
    { requirement: "R", kind: "fail", attempts: 2, failedAttempts: 1, evidence: [1] },
    { requirement: "LEAVE-NOT-TWICE", kind: "fail", attempts: 2, failedAttempts: 1, evidence: [] },
  ]);
});

test("a check that came out alike in several attempts keeps what it said of the history that is kept", () => {
  const { verdicts, kept } = ofTwoChecks([pass([2]), pass([3])], [wrong, pass([0])]);
  expect(kept).toBe(0);
  expect(verdicts).toMatchObject([
    { kind: "pass", evidence: [2] },
    { kind: "fail", evidence: [1] },
  ]);
});

test("a check that was open in another attempt than the one kept says why", () => {
  const { verdicts } = ofTwoChecks([open, pass([0])], [pass([0]), wrong]);
  expect(verdicts[0]).toEqual({
    ...open,
    requirement: "R",
    check: "check-0",
    attempts: 2,
    failedAttempts: 0,
  });
});

test("the record is of the attempt that is kept; a case without any is the caller's mistake", () => {
  const kept = { ...attempt(wrong, { lagMaxMs: 40 }), durationMs: 70 };
  const detected = written(
    ...arrives("bob", 0),
    ...arrives("alice", 1),
    ...ends("alice", 20),
    hears("bob", "leave", "alice", 25),
  );
  said.set(detected, wrong);
  const record = judgeCase(asked(), [{ ...kept, events: detected }, attempt(pass([0]))], profile);
  expect(record).toMatchObject({ id: "a/b", scenario: "a/b", title: "t", durationMs: 70, lagMaxMs: 40 });
  expect(record.detections).toMatchObject([{ actor: "alice", observer: "bob" }]);
  expect(() => judgeCase(asked(), [], profile)).toThrow("a/b was not attempted");
});

test("a case that can't be asked has every check's verdict, with the reason, and no attempt", () => {
  expect(notAsked(asked(), "no browser")).toEqual({
    id: "a/b",
    scenario: "a/b",
    title: "t",
    axes: {},
    durationMs: 0,
    lagMaxMs: 0,
    verdicts: [
      {
        kind: "not-applicable",
        reason: "no browser",
        requirement: "R",
        check: "a-check",
        attempts: 0,
        failedAttempts: 0,
      },
    ],
    detections: [],
  });
});
