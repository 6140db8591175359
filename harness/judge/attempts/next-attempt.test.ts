import { describe, expect, test } from "vitest";
import { judgeCase } from "./judge-case.ts";
import type { Attempt } from "./judged-attempt.ts";
import { nextAttempt } from "./next-attempt.ts";
import type { Check } from "../check.ts";
import { caseOf } from "../../scenario/scenario.ts";
import { arrives, closes, ends, hears, profile, written } from "../../../testing/harness/written.ts";
import { fail, pass } from "../verdict.ts";
import {
  asked,
  asking,
  attempt,
  check,
  open,
  plain,
  strange,
  verdictOf,
  wrong,
} from "../../../testing/harness/attempted.ts";

describe("another attempt", () => {
  const next = (...attempts: Attempt[]) => nextAttempt(asked(), attempts, profile);
  const nextTimed = (...attempts: Attempt[]) => nextAttempt(asked(true), attempts, profile);

  test("explains an unclaimed leave, and is made alone where the harness itself left the case open; once", () => {
    const stranger = attempt(open, { events: strange });
    const heldUp = attempt(open, { lagMaxMs: 251 });
    expect(next(stranger)).toBe("explained");
    expect(next(attempt(pass([0]), { events: strange }))).toBeUndefined();
    expect(next(heldUp)).toBe("alone");
    expect(next(stranger, attempt(pass([0])))).toBeUndefined();
    expect(next(heldUp, { ...heldUp, alone: true })).toBeUndefined();
  });

  test.each([
    ["the harness was delayed", { lagMaxMs: 251 }],
    ["a client was refused", { trouble: "a client was refused: bob got no CONNECTED" }],
  ])("is made beside few cases where %s beside many, and only then alone", (_, how) => {
    const crowded = attempt(open, { ...how, sideBySide: 32 });
    const calm = attempt(open, { ...how, sideBySide: 8 });
    const proves = attempt(pass([0]), { sideBySide: 8 });
    expect(next(crowded)).toBe("calm");
    expect(next(crowded, proves)).toBeUndefined();
    expect(next(crowded, calm)).toBe("alone");
    expect(next(calm)).toBe("alone");
    expect(next(crowded, calm, { ...calm, alone: true })).toBeUndefined();
  });

  test("is not made alone where the calm attempt is open because the target was late, or was hardly delayed", () => {
    const crowded = attempt(open, { lagMaxMs: 300, sideBySide: 32 });
    const calm = (lagMaxMs: number, leaveAtMs: number) =>
      attempt(open, {
        ...{ lagMaxMs, sideBySide: 8 },
        events: written(
          ...arrives("bob", 0),
          ...arrives("alice", 1),
          hears("bob", "join", "alice", 2),
          ...ends("alice", 10),
          hears("bob", "leave", "alice", leaveAtMs),
        ),
      });
    const { endedMs } = profile.deadlines;
    expect(next(crowded, calm(300, 20))).toBe("alone");
    expect(next(crowded, calm(300, endedMs + 2_000))).toBeUndefined();
    expect(next(crowded, attempt(open, { lagMaxMs: 90, sideBySide: 8 }))).toBeUndefined();
    expect(next(crowded, attempt(open, { events: strange, lagMaxMs: 300, sideBySide: 8 }))).toBe("explained");
  });

  test("is made with own observers where a shared one was lost, and such an attempt does not count", () => {
    const reason = "the target closed its connection without a code";
    const lost = attempt(open, {
      events: written(...arrives("alice", 0), [1, { kind: "observer-lost", actor: "observer-1", reason }]),
    });
    expect(next(lost)).toBe("own");
    expect(next(lost, attempt(pass([0])))).toBeUndefined();
    expect(verdictOf(lost, attempt(pass([0])))).toMatchObject({ kind: "pass", attempts: 1 });
    expect(verdictOf(lost, attempt(wrong))).toMatchObject({ kind: "fail", attempts: 1 });
  });

  test("is made beside few cases where a time was wrong beside many, and only it counts", () => {
    const crowded = attempt(wrong, { sideBySide: 32 });
    const calm = attempt(pass([0]), { sideBySide: 8 });
    expect(nextTimed(crowded)).toBe("again");
    expect(nextTimed(crowded, calm)).toBe("again");
    expect(nextTimed(crowded, calm, calm)).toBeUndefined();
    expect(nextTimed(crowded, crowded, crowded)).toBe("again");
    const verdict = (...attempts: Attempt[]) => judgeCase(asked(true), attempts, profile).verdicts[0];
    expect(verdict(crowded, calm, calm)).toMatchObject({ kind: "pass", failedAttempts: 0 });
    expect(verdict(crowded, calm, attempt(wrong, { sideBySide: 8 }))).toMatchObject({
      kind: "fail",
      failedAttempts: 1,
    });
    expect(verdict(crowded)).toMatchObject({ kind: "fail" });
  });

  test("is not made because of a leave of its own, or of others' coming", () => {
    const own = written(...arrives("alice", 0), ...ends("alice", 1), hears("alice", "leave", "alice", 2));
    const coming = written(...arrives("alice", 0), hears("alice", "join", "ghost", 1, "nobody"));
    expect(next(attempt(pass([0]), { events: own }))).toBeUndefined();
    expect(next(attempt(pass([0]), { events: coming }))).toBeUndefined();
  });

  test("what nobody claims is not explained by any delay: such an attempt counts, however late the harness was", () => {
    const both = attempt(open, { events: strange, lagMaxMs: 300 });
    expect(next(both)).toBe("explained");
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
    expect(ten(attempt(open, { events: strange }), good)).toBe("explained");
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
