import { describe, expect, test } from "vitest";
import { parseProfile } from "../profile.ts";
import {
  arrives,
  bobAndAlice,
  ends,
  hears,
  kindOf,
  lags,
  placeOf,
  verdictOf,
  written,
} from "../testing/written.ts";
import { leftInsideWindow } from "./left-inside-window.ts";

const untimed = { kind: "inconclusive", reason: "nobody heard a leave of alice that could be timed" };

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
    [1399, "fail"],
    [1400, "pass"],
    [3500, "pass"],
    [3501, "fail"],
  ] as const)(
    "a silent client's leave at %i ms: %s (last byte at 400, one to three periods of 1000, 100 of allowance)",
    (atMs, kind) => {
      expect(kindOf(leftInsideWindow("alice"), silent(atMs))).toBe(kind);
    },
  );

  test("an unknown mechanism leaves the window open to the left", () => {
    const unknown = parseProfile({}, "test");
    expect(verdictOf(leftInsideWindow("alice"), silent(600), unknown).kind).toBe("pass");
    expect(verdictOf(leftInsideWindow("alice"), silent(3501), unknown)).toMatchObject({
      kind: "fail",
      expected: "a leave of alice by 3.400 s",
      actual: "bob heard it at 3.501 s, too late",
    });
  });

  test("a failure says when the leave was due and when it was heard; a pass, which leaves were in time", () => {
    const judged = (atMs: number) => verdictOf(leftInsideWindow("alice"), silent(atMs));
    const end = placeOf(silent(1399), "fault-injected", "alice");
    const leave = placeOf(silent(1399), "notice", "bob");
    const failed = {
      kind: "fail",
      expected: "a leave of alice between 1.400 s and 3.400 s",
      evidence: [end, leave],
    };
    expect(judged(1399)).toEqual({ ...failed, actual: "bob heard it at 1.399 s, too early" });
    expect(judged(3501)).toEqual({ ...failed, actual: "bob heard it at 3.501 s, too late" });
    expect(judged(1400)).toEqual({ kind: "pass", evidence: [leave] });
  });

  test.each([
    [1120, "pass"],
    [1121, "fail"],
  ] as const)("a visible end's leave at %i ms: %s", (atMs, kind) => {
    const events = written(...bobAndAlice, ...ends("alice", 20), hears("bob", "leave", "alice", atMs));
    expect(kindOf(leftInsideWindow("alice"), events)).toBe(kind);
  });

  test.each([
    ["late within the lag", 1270, 150, "pass"],
    ["late beyond the lag", 1271, 150, "fail"],
    ["late within a lag of just the margin", 1370, 250, "pass"],
    ["late beyond even a long lag", 1421, 300, "fail"],
    ["late within a lag that is beyond the margin", 1420, 300, "inconclusive"],
    ["in time by the allowance, whatever the lag", 1120, 300, "pass"],
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
      reason: "nothing is declared to notice such an end",
    });
  });
});
