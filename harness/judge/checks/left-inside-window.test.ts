import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clockErrorMs } from "../../util/clock-error.ts";
import type { NewEvent } from "../../history/events/events.ts";
import { parseProfile } from "../../profile/profile.ts";
import {
  arrives,
  bobAndAlice,
  ends,
  hears,
  kindOf,
  lags,
  placeOf,
  profile,
  verdictOf,
  written,
} from "../../../testing/harness/written.ts";
import { lateToleranceMs } from "../../history/lateness.ts";
import { leftInsideWindow, whatIsWrong } from "./left-inside-window.ts";

const untimed = { kind: "inconclusive", reason: "no observer received a leave of alice that could be timed" };

describe("left-inside-window", () => {
  const silent = (leaveAtMs: number) =>
    written(
      ...arrives("bob", 0),
      ...arrives("alice", 10, { heartbeatMs: 1000 }),
      ...ends("alice", 500, "silently"),
      [500, { kind: "last-byte-forwarded", actor: "alice", forwardedAtMs: 400 }],
      hears("bob", "leave", "alice", leaveAtMs),
    );

  test.each([
    [1379, "fail"],
    [1380, "pass"],
    [3520, "pass"],
    [3521, "fail"],
  ] as const)(
    "a silent client's leave at %i ms: %s (last byte at 400, one to three periods of 1000, 20 of clock error, 100 of allowance)",
    (atMs, kind) => {
      expect(kindOf(leftInsideWindow("alice"), silent(atMs))).toBe(kind);
    },
  );

  test("an unknown mechanism leaves the window open to the left", () => {
    const unknown = parseProfile({}, "test");
    expect(verdictOf(leftInsideWindow("alice"), silent(600), unknown).kind).toBe("pass");
    expect(verdictOf(leftInsideWindow("alice"), silent(3521), unknown)).toMatchObject({
      kind: "fail",
      expected: "a leave of alice by 3.400 s",
      actual: "bob received it at 3.521 s, too late",
    });
  });

  test("a failure says when the leave was due and when it was heard; a pass, which leaves were in time", () => {
    const judged = (atMs: number) => verdictOf(leftInsideWindow("alice"), silent(atMs));
    const end = placeOf(silent(1379), "fault-injected", "alice");
    const leave = placeOf(silent(1379), "notice", "bob");
    const failed = {
      kind: "fail",
      expected: "a leave of alice between 1.400 s and 3.400 s",
      evidence: [end, leave],
    };
    expect(judged(1379)).toEqual({ ...failed, actual: "bob received it at 1.379 s, too early" });
    expect(judged(3521)).toEqual({ ...failed, actual: "bob received it at 3.521 s, too late" });
    expect(judged(1400)).toEqual({ kind: "pass", evidence: [leave] });
  });

  test.each([
    [1140, "pass"],
    [1141, "fail"],
  ] as const)("a visible end's leave at %i ms: %s", (atMs, kind) => {
    const events = written(...bobAndAlice, ...ends("alice", 20), hears("bob", "leave", "alice", atMs));
    expect(kindOf(leftInsideWindow("alice"), events)).toBe(kind);
  });

  test.each([
    ["late within the lag", 1290, 150, "inconclusive"],
    ["late beyond the lag", 1291, 150, "fail"],
    ["late within a long lag", 1440, 300, "inconclusive"],
    ["late beyond even a long lag", 1441, 300, "fail"],
    ["in time by the allowance, whatever the lag", 1140, 300, "pass"],
    ["in time, whatever the lag", 1000, 900, "pass"],
  ] as const)("a leave that is %s: at %i ms with a lag of %i ms: %s", (_name, atMs, lagMs, kind) => {
    const events = written(
      ...bobAndAlice,
      ...ends("alice", 20),
      lags(atMs, lagMs),
      hears("bob", "leave", "alice", atMs),
    );
    expect(kindOf(leftInsideWindow("alice"), events)).toBe(kind);
  });

  test("many short delays on the way, none of which is long, explain a leave by their sum, and no more", () => {
    const busy = (atMs: number): [number, NewEvent] => [
      atMs,
      { kind: "harness-lagged", actor: "harness", source: "event-loop", lagMs: 70, sumMs: 400, overMs: 500 },
    ];
    const judged = (leaveAtMs: number, ...lagged: [number, NewEvent][]) =>
      kindOf(
        leftInsideWindow("alice"),
        written(...bobAndAlice, ...ends("alice", 20), ...lagged, hears("bob", "leave", "alice", leaveAtMs)),
      );
    expect(judged(2000)).toBe("fail");
    expect(judged(2000, busy(600), busy(1100), busy(1600))).toBe("inconclusive");
    expect(judged(2000, busy(600), busy(1100))).toBe("fail");
  });

  test("what held the harness up long before a leave was due is no excuse for it", () => {
    const events = (lagAtMs: number) =>
      written(
        ...arrives("bob", 0),
        ...arrives("alice", 10, { heartbeatMs: 10_000 }),
        ...ends("alice", 20, "silently"),
        lags(lagAtMs, 3_000),
        hears("bob", "leave", "alice", 31_000),
      );
    expect(kindOf(leftInsideWindow("alice"), events(20_000))).toBe("fail");
    expect(kindOf(leftInsideWindow("alice"), events(31_000))).toBe("inconclusive");
  });

  test("a lag before the end, or after the leave, excuses nothing", () => {
    const events = written(
      ...bobAndAlice,
      lags(15, 400),
      ...ends("alice", 20),
      hears("bob", "leave", "alice", 1200),
      lags(1700, 400),
    );
    expect(kindOf(leftInsideWindow("alice"), events)).toBe("fail");
  });

  test("a leave that never came is for another check: here there is nothing to time", () => {
    expect(verdictOf(leftInsideWindow("alice"), written(...bobAndAlice, ...ends("alice", 20)))).toEqual(
      untimed,
    );
  });

  test("where nothing is declared to notice an end, no time is asked of its leave, whatever becomes of another actor's", () => {
    const left = [...ends("alice", 20, "silently"), hears("bob", "leave", "alice", 9000)];
    const others = [...ends("carol", 9000), hears("bob", "leave", "carol", 9001)];
    const events = written(...arrives("carol", 0), ...bobAndAlice, ...left, ...others);
    expect(verdictOf(leftInsideWindow("alice"), events)).toEqual({
      kind: "not-applicable",
      reason: "the profile declares no mechanism that notices such an end",
    });
  });
});

describe("the leave of one whose end overtook its identify", () => {
  const overtaken = [
    ...arrives("bob", 0),
    ...arrives("alice", 10),
    [11, { kind: "identify-held", actor: "alice", bytes: 90 }] as [number, NewEvent],
    ...ends("alice", 20),
  ];
  const judged = (...told: readonly (readonly [number, NewEvent])[]) =>
    verdictOf(leftInsideWindow("alice"), written(...overtaken, ...told));
  const told = (joinAtMs: number, leaveAtMs: number) =>
    judged(hears("bob", "join", "alice", joinAtMs), hears("bob", "leave", "alice", leaveAtMs));

  test("is late like any other: a ghost is only what never leaves", () => {
    expect(told(25, 30).kind).toBe("pass");
    expect(told(25, 1_145).kind).toBe("pass");
    expect(told(25, 2_500)).toMatchObject({
      kind: "fail",
      expected: "a leave of alice between 0.020 s and 1.025 s",
      actual: "bob received it at 2.500 s, too late",
    });
  });

  test("is due from when the join was told, where that came later than the end", () => {
    expect(told(900, 1_950).kind).toBe("pass");
    expect(told(900, 2_100).kind).toBe("fail");
  });

  test("is not asked where nobody was told of the join, and is for another check where it never came", () => {
    expect(judged()).toMatchObject({ kind: "not-applicable" });
    expect(judged(hears("bob", "join", "alice", 25)).kind).toBe("inconclusive");
    expect(judged(hears("bob", "leave", "alice", 2_500)).kind).toBe("fail");
  });
});

test("no leave is early or late by as much as two right clocks differ, whatever its window", () => {
  const times = fc.tuple(fc.nat(60_000), fc.nat(60_000), fc.double({ min: -200, max: 200, noNaN: true }));
  fc.assert(
    fc.property(times, ([earliestMs, longMs, byMs]) => {
      const window = { earliestMs, latestMs: earliestMs + longMs };
      const wrongAt = (atMs: number) => whatIsWrong({ atMs }, window, 0);
      if (byMs < -clockErrorMs - 0.001) expect(wrongAt(earliestMs + byMs)).toBe("early");
      if (Math.abs(byMs) <= clockErrorMs) {
        expect(wrongAt(earliestMs + byMs)).toBeUndefined();
        expect(wrongAt(window.latestMs + byMs)).toBeUndefined();
      }
      if (byMs > lateToleranceMs + 0.001) expect(wrongAt(window.latestMs + byMs)).toBe("late");
    }),
  );
});

test.each([
  [199.87, "pass"],
  [180, "pass"],
  [179.9, "fail"],
] as const)("a grace of 200 ms that a timer ended after %d ms: %s", (afterMs, kind) => {
  const graceful = { ...profile, graceMs: 200 };
  const events = written(...bobAndAlice, ...ends("alice", 20), hears("bob", "leave", "alice", 20 + afterMs));
  expect(verdictOf(leftInsideWindow("alice"), events, graceful).kind).toBe(kind);
});
