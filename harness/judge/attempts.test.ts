import { describe, expect, test } from "vitest";
import { judgeCase, nextAttempt, notAsked, type Attempt } from "./attempts.ts";
import type { Check } from "./check.ts";
import { caseOf } from "../scenario/scenario.ts";
import type { Checks } from "./judged-case.ts";
import {
  arrives,
  closes,
  ends,
  hears,
  lags,
  profile,
  waitedOut,
  written,
} from "../../testing/harness/written.ts";
import { fail, inconclusive, notApplicable, pass, type Verdict } from "./verdict.ts";

const plain = written(...arrives("alice", 0), ...ends("alice", 1));
const strange = written(...arrives("alice", 0), hears("alice", "leave", "ghost", 1, "nobody"));

/** A check that says of each history, by its identity, what the test wants. */
const said = new Map<Attempt["events"], Verdict>();
const check = (timed: boolean): Check => ({
  name: "a-check",
  timed,
  judge: ({ events }) => said.get(events) ?? pass([0]),
});
const asking = (checks: Checks) => caseOf({ id: "a/b", title: "t", run: () => Promise.resolve(), checks });
const asked = (timed = false) => asking({ R: [check(timed)] });

function attempt(
  verdict: Verdict,
  { events = plain, lagMaxMs = 0, alone = false, trouble = null as string | null } = {},
): Attempt {
  const own = [...events];
  said.set(own, verdict);
  return { alone, trouble, durationMs: 1, lagMaxMs, events: own };
}
const verdictOf = (...attempts: Attempt[]) => judgeCase(asked(), attempts, profile).verdicts[0];

const wrong = fail("a", "b", [1]);
const open = inconclusive("nobody knows");

describe("another attempt", () => {
  const next = (...attempts: Attempt[]) => nextAttempt(asked(), attempts, profile);
  const nextTimed = (...attempts: Attempt[]) => nextAttempt(asked(true), attempts, profile);

  test("is made alone where a leave was unclaimed, or the harness itself left the case open; once", () => {
    const stranger = attempt(open, { events: strange });
    const heldUp = attempt(open, { lagMaxMs: 251 });
    expect(next(stranger)).toBe("alone");
    expect(next(attempt(pass([0]), { events: strange }))).toBeUndefined();
    expect(next(heldUp)).toBe("alone");
    expect(next(stranger, attempt(pass([0])))).toBeUndefined();
    expect(next(heldUp, heldUp)).toBeUndefined();
  });

  test("is not made because of a leave of its own, or of others' coming", () => {
    const own = written(...arrives("alice", 0), ...ends("alice", 1), hears("alice", "leave", "alice", 2));
    const coming = written(...arrives("alice", 0), hears("alice", "join", "ghost", 1, "nobody"));
    expect(next(attempt(pass([0]), { events: own }))).toBeUndefined();
    expect(next(attempt(pass([0]), { events: coming }))).toBeUndefined();
  });

  test("what nobody claims is not explained by any delay: such an attempt counts, however late the harness was", () => {
    const both = attempt(open, { events: strange, lagMaxMs: 300 });
    expect(next(both)).toBe("alone");
    expect(verdictOf(both, attempt(pass([0])))).toMatchObject({ kind: "inconclusive", attempts: 2 });
  });

  test("is not made because of what the harness's delay does not explain", () => {
    expect(next(attempt(open, { lagMaxMs: 250 }))).toBeUndefined();
    expect(next(attempt(pass([0]), { lagMaxMs: 900 }))).toBeUndefined();
    expect(next(attempt(wrong, { lagMaxMs: 900 }))).toBeUndefined();
  });

  test("is made alone, and counts alone, where the target may have broken a frame over another case", () => {
    const one = caseOf({
      id: "a/b",
      title: "t",
      run: () => Promise.resolve(),
      checks: { R: [check(false)] },
      mayBreakFrames: true,
    });
    const nextOf = (...attempts: Attempt[]) => nextAttempt(one, attempts, profile);
    const kindOf = (...attempts: Attempt[]) => judgeCase(one, attempts, profile).verdicts[0]?.kind;
    const [right, bad] = [attempt(pass([0])), attempt(wrong)];
    expect(nextOf(right)).toBeUndefined();
    expect(nextOf(bad)).toBe("alone");
    expect(nextOf(attempt(open))).toBe("alone");
    expect(kindOf(bad, { ...right, alone: true })).toBe("pass");
    const badAlone = { ...attempt(wrong), alone: true };
    expect(nextOf(bad, badAlone)).toBeUndefined();
    expect(kindOf(bad, badAlone)).toBe("fail");
  });

  test("is made twice where a time was wrong, whatever comes of the second", () => {
    expect(nextTimed(attempt(wrong))).toBe("again");
    expect(nextTimed(attempt(wrong), attempt(pass([0])))).toBe("again");
    expect(nextTimed(attempt(wrong), attempt(pass([0])), attempt(pass([0])))).toBeUndefined();
    expect(nextTimed(attempt(pass([0])))).toBeUndefined();
    expect(next(attempt(wrong))).toBeUndefined();
    const steady: Check = { name: "steady", judge: () => pass([0]) };
    const beside = asking({ R: [check(true)], S: [steady] });
    expect(nextAttempt(beside, [attempt(wrong)], profile)).toBe("again");
  });
});

describe("a case that races", () => {
  const race = (expects: Check[] = []) =>
    caseOf({ ...{ id: "a/b", title: "t", expects, races: true }, run, checks: { R: [check(false)] } });
  const run = () => Promise.resolve();
  const ten = (...attempts: Attempt[]) => nextAttempt(race(), attempts, profile, 10);
  const good = attempt(pass([0]));

  test("is repeated until it was run as often as is asked, or fails", () => {
    expect(ten(good)).toBe("repeat");
    expect(ten(...Array<Attempt>(9).fill(good))).toBe("repeat");
    expect(ten(...Array<Attempt>(10).fill(good))).toBeUndefined();
    expect(ten(good, attempt(wrong))).toBeUndefined();
    expect(nextAttempt(race(), [good], profile)).toBeUndefined();
    expect(nextAttempt(asked(), [good], profile, 10)).toBeUndefined();
  });

  test("is not repeated where only one case runs at a time", () => {
    expect(ten(attempt(pass([0]), { alone: true }))).toBeUndefined();
  });

  test("is tried alone where a leave was unclaimed in any attempt, or none says anything", () => {
    expect(ten(attempt(open, { events: strange }), good)).toBe("alone");
    expect(ten(attempt(open, { lagMaxMs: 900 }), attempt(open, { lagMaxMs: 900 }))).toBe("alone");
    expect(ten(attempt(open, { lagMaxMs: 900 }), good)).toBe("repeat");
  });

  test("has its rate on record", () => {
    const verdict = judgeCase(race(), [good, good, attempt(wrong)], profile).verdicts[0];
    expect(verdict).toMatchObject({ kind: "fail", attempts: 3, failedAttempts: 1, passedAttempts: 2 });
  });

  test("is judged by the attempts in which the race was run, if there are any", () => {
    const together: Check = {
      name: "together",
      judge: ({ events }) => (events.length === plain.length ? fail("a", "b", [0]) : pass([0])),
    };
    const missed = attempt(pass([0]));
    const runThere = attempt(pass([0]), { events: strange.slice(0, 2) });
    const judged = (...attempts: Attempt[]) => judgeCase(race([together]), attempts, profile).verdicts[0];
    expect(judged(missed)).toMatchObject({ kind: "inconclusive" });
    expect(judged(missed, runThere)).toMatchObject({ kind: "pass", attempts: 1 });
    expect(judged(runThere, missed)).toMatchObject({ kind: "pass", attempts: 1 });
  });
});

describe("a case in which a client was refused", () => {
  const refused = (
    alone: boolean,
    trouble = "a client was refused: bob got no CONNECTED: closed with 1011",
  ) => {
    const knocks = arrives("bob", 5).slice(0, 1);
    const events = written(...arrives("alice", 0), ...knocks, closes("bob", 6, 1011));
    return attempt(pass([0]), { events, alone, trouble });
  };
  const record = (...attempts: Attempt[]) => judgeCase(asked(), attempts, profile);

  test("is tried once more alone, and judged by that", () => {
    expect(nextAttempt(asked(), [refused(false)], profile)).toBe("alone");
    const { verdicts, refusedOnce } = record(refused(false), attempt(pass([0]), { alone: true }));
    expect(verdicts).toMatchObject([{ kind: "pass", attempts: 1 }]);
    expect(refusedOnce).toMatch("bob got no CONNECTED: closed with 1011");
  });

  test("fails where that is refused, too", () => {
    expect(nextAttempt(asked(), [refused(false), refused(true)], profile)).toBeUndefined();
    const { verdicts, refusedOnce } = record(refused(false), refused(true));
    expect(verdicts).toMatchObject([
      { check: "a-check", kind: "inconclusive" },
      { check: "let-in", kind: "fail", requirement: "CONNECT-HIGHEST-VERSION" },
    ]);
    expect(refusedOnce).toMatch("bob");
  });

  test("is open where the target may be gone, or some other thing went wrong", () => {
    const trouble = "a client was refused: before[0]: GET /token was";
    const early = (words: string) => attempt(pass([0]), { alone: true, trouble: `${trouble} ${words}` });
    const kinds = (one: Attempt) => record(refused(false), one).verdicts.map(({ kind }) => kind);
    expect(kinds(early("not answered: ECONNREFUSED"))).toEqual(["inconclusive"]);
    expect(kinds(early("answered with 429: slow down"))).toEqual(["inconclusive"]);
    expect(kinds(early("answered with 503: no"))).toEqual(["inconclusive", "fail"]);
    expect(kinds(refused(true, "the scenario could not go on: a bug"))).toEqual(["inconclusive"]);
  });
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
