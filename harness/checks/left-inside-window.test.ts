import { describe, expect, test } from "vitest";
import { parseProfile } from "../profile.ts";
import { arrives, bobAndAlice, ends, hears, kindOf, written } from "../testing/written.ts";
import { leftInsideWindow } from "./left-inside-window.ts";

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
    expect(
      leftInsideWindow("alice").judge({ events: silent(600), profile: unknown, alone: false }).kind,
    ).toBe("pass");
    expect(
      leftInsideWindow("alice").judge({ events: silent(3501), profile: unknown, alone: false }).kind,
    ).toBe("fail");
  });

  test.each([
    [1120, "pass"],
    [1121, "fail"],
  ] as const)("a visible end's leave at %i ms: %s", (atMs, kind) => {
    const events = written(...bobAndAlice, ...ends("alice", 20), hears("bob", "leave", "alice", atMs));
    expect(kindOf(leftInsideWindow("alice"), events)).toBe(kind);
  });

  test.each([
    ["within the lag", 1250, 150, "pass"],
    ["beyond the lag", 1280, 150, "fail"],
    ["beyond even a long lag", 2000, 300, "fail"],
    ["within a lag that is beyond the margin", 1300, 300, "inconclusive"],
  ] as const)("a leave that is late, %s: at %i ms with a lag of %i ms: %s", (_name, atMs, lagMs, kind) => {
    const events = written(
      ...bobAndAlice,
      ...ends("alice", 20),
      [atMs, { kind: "harness-lagged", actor: "harness", source: "event-loop", lagMs }],
      hears("bob", "leave", "alice", atMs),
    );
    expect(kindOf(leftInsideWindow("alice"), events)).toBe(kind);
  });

  test("a lag before the end, or after the leave, excuses nothing", () => {
    const events = written(
      ...bobAndAlice,
      [15, { kind: "harness-lagged", actor: "harness", source: "event-loop", lagMs: 400 }],
      ...ends("alice", 20),
      hears("bob", "leave", "alice", 1200),
      [1700, { kind: "harness-lagged", actor: "harness", source: "event-loop", lagMs: 400 }],
    );
    expect(kindOf(leftInsideWindow("alice"), events)).toBe("fail");
  });

  test("a leave that never came is for another check: here there is nothing to time", () => {
    expect(kindOf(leftInsideWindow("alice"), written(...bobAndAlice, ...ends("alice", 20)))).toBe(
      "inconclusive",
    );
  });
});
