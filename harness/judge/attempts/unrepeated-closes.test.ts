import { describe, expect, test } from "vitest";
import { arrives, closes, profile, written } from "../../../testing/harness/written.ts";
import { othersStayConnected } from "../../index.ts";
import { caseOf } from "../../scenario/scenario.ts";
import { judgeCase } from "./judge-case.ts";
import { judgeAttempt, type Attempt } from "./judged-attempt.ts";
import { nextAttempt } from "./next-attempt.ts";
import { unrepeatedCloses } from "./unrepeated-closes.ts";
import { fail, inconclusive, pass } from "../verdict.ts";

const twice = new Set<Attempt["events"]>();
const unclear = new Set<Attempt["events"]>();
const one = (races = false) =>
  caseOf({
    ...{ id: "leave/fin", title: "t", races, run: () => Promise.resolve() },
    checks: {
      "OTHERS-STAY-CONNECTED": [othersStayConnected()],
      "LEAVE-NOT-TWICE": [
        {
          name: "no-leave-twice",
          judge: ({ events }) =>
            unclear.has(events)
              ? inconclusive("held up")
              : twice.has(events)
                ? fail("once", "twice", [0])
                : pass([0]),
        },
      ],
    },
  });

interface How {
  readonly sideBySide?: number;
  /** Another check fails, too. */
  readonly fails?: boolean;
  readonly lagMaxMs?: number;
}

function attempt(closesAlice: boolean, { sideBySide = 32, fails = false, lagMaxMs = 0 }: How = {}): Attempt {
  const events = written(
    ...arrives("alice", 0),
    ...(closesAlice ? [closes("alice", 3_000, 3000)] : []),
    ...arrives("bob", 4_000),
    [5_000, { kind: "waited-out", actor: "harness", waitedMs: 1 }],
  );
  if (fails) twice.add(events);
  if (lagMaxMs > 0) unclear.add(events);
  return { alone: false, sideBySide, trouble: null, durationMs: 5_000, lagMaxMs, events };
}

const closing = attempt(true);
const fine = attempt(false);
const calm = attempt(false, { sideBySide: 8 });
const failedIn = (races: boolean, ...attempts: Attempt[]) =>
  judgeCase(one(races), attempts, profile).verdicts.flatMap(({ kind, requirement }) =>
    kind === "fail" ? [requirement] : [],
  );
const unrepeated = (...attempts: Attempt[]) =>
  unrepeatedCloses(
    one(),
    attempts.map((each) => judgeAttempt(one(), each, profile)),
    profile,
  ).length;

describe("the close of a living client", () => {
  test("is retried beside few cases, in a race after all its attempts", () => {
    expect(nextAttempt(one(), [closing], profile)).toBe("calm");
    expect(nextAttempt(one(true), [closing], profile, 10)).toBe("repeat");
    expect(nextAttempt(one(true), [closing, fine, closing, fine], profile, 4)).toBeUndefined();
    const race = [closing, ...Array<Attempt>(9).fill(fine)];
    expect(nextAttempt(one(true), race, profile, 10)).toBe("calm");
    expect(nextAttempt(one(), [closing, calm], profile)).toBeUndefined();
    expect(nextAttempt(one(true), [...race, calm], profile, 10)).toBeUndefined();
  });

  test("does not count in a case that does not repeat it", () => {
    expect(failedIn(false, closing)).toEqual(["OTHERS-STAY-CONNECTED"]);
    expect(failedIn(false, closing, calm)).toEqual([]);
    expect(failedIn(true, fine, closing, closing, ...Array<Attempt>(7).fill(fine), calm)).toEqual([]);
  });

  test("counts if a calm attempt repeats it, if none proves anything, or if it is frequent", () => {
    expect(failedIn(false, closing, attempt(true, { sideBySide: 8 }))).toEqual(["OTHERS-STAY-CONNECTED"]);
    expect(failedIn(false, closing, fine)).toEqual(["OTHERS-STAY-CONNECTED"]);
    const heldUp = attempt(false, { sideBySide: 8, lagMaxMs: 9_000 });
    expect(failedIn(false, closing, heldUp)).toEqual(["OTHERS-STAY-CONNECTED"]);
    const often = [closing, closing, closing, closing, ...Array<Attempt>(6).fill(fine)];
    expect(failedIn(true, ...often, calm)).toEqual(["OTHERS-STAY-CONNECTED"]);
    expect(nextAttempt(one(true), often, profile, 10)).toBeUndefined();
  });

  test("counts where nothing else ran", () => {
    expect(failedIn(false, { ...closing, alone: true }, calm)).toEqual(["OTHERS-STAY-CONNECTED"]);
    expect(failedIn(false, attempt(true, { sideBySide: 1 }), calm)).toEqual(["OTHERS-STAY-CONNECTED"]);
    expect(nextAttempt(one(), [{ ...closing, alone: true }], profile)).toBeUndefined();
  });

  test("hides no other failure of its attempt", () => {
    const both = attempt(true, { fails: true });
    expect(unrepeated(both, calm)).toBe(0);
    expect(failedIn(false, both, calm)).toEqual(["OTHERS-STAY-CONNECTED", "LEAVE-NOT-TWICE"]);
    expect(unrepeated(both, attempt(false, { fails: true, sideBySide: 8 }))).toBe(1);
  });
});
