import fc from "fast-check";
import { expect, test } from "vitest";
import type { NewEvent } from "./events/events.ts";
import { sessionsOf } from "./sessions/sessions.ts";
import { arrives, closes, lags, profile, written } from "../../testing/harness/written.ts";
import {
  lagBetweenMs,
  latenessOf,
  lateToleranceMs,
  longestLagMs,
  ownReason,
  sumOfLagsMs,
} from "./lateness.ts";

/** The harness was held up from 1000 to 1300 ms. */
const events = written(lags(1300, 300));

test.each([
  ["ended as it began", 1300, 2000, 0, 300],
  ["ended within", 1290, 2000, 10, 300],
  ["ended before", 1301, 2000, 0, 0],
  ["began as it ended", 0, 1000, 0, 300],
  ["began within", 0, 1010, 10, 300],
  ["began after", 0, 999, 0, 0],
  ["took all of it", 1100, 1200, 100, 300],
  ["was all in it", 900, 1400, 300, 300],
] as const)(
  "a delay of 300 ms that %s, between %i and %i ms: it held up as much of that, %i ms, and was %i ms long",
  (_name, fromMs, toMs, lagMs, longestMs) => {
    expect(lagBetweenMs(events, fromMs, toMs)).toBe(lagMs);
    expect(longestLagMs(events, fromMs, toMs)).toBe(longestMs);
  },
);

test("delays of the event loop add up; of the ways through a proxy, which overlap, the longest counts", () => {
  const proxy = (atMs: number, lagMs: number): [number, NewEvent] => [
    atMs,
    { kind: "harness-lagged", actor: "harness", source: "proxy", lagMs },
  ];
  expect(lagBetweenMs(written(lags(500, 120), lags(900, 300), lags(1050, 150)), 0, 1000)).toBe(520);
  expect(lagBetweenMs(written(proxy(500, 120), proxy(900, 400), proxy(950, 150)), 0, 1000)).toBe(400);
  expect(lagBetweenMs(written(lags(500, 120), proxy(900, 400)), 0, 1000)).toBe(400);
});

test("many short delays count by their sum, as far as they can have been in that time", () => {
  const busy = written([
    1000,
    { kind: "harness-lagged", actor: "harness", source: "event-loop", lagMs: 60, sumMs: 400, overMs: 500 },
  ]);
  expect(lagBetweenMs(busy, 0, 2000)).toBe(400);
  expect(lagBetweenMs(busy, 900, 2000)).toBe(100);
  expect(lagBetweenMs(busy, 0, 500)).toBe(0);
  const hardlyBusy = busy.map((event) => ({ ...event, lagMs: 12 }));
  expect(lagBetweenMs(hardlyBusy, 0, 2000), "a notice does not wait for more than 20 turns").toBe(240);
  expect(sumOfLagsMs(hardlyBusy, 0, 2000)).toBe(400);
  expect(longestLagMs(busy, 0, 2000)).toBe(60);
});

test("a moment is late only beyond the tolerance, and open as long as the harness's delay explains it", () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(10_000), fc.nat(3_000), (atMs, latestMs, lagMs) => {
      const lateness = latenessOf(atMs, latestMs, lagMs);
      expect(lateness === undefined).toBe(atMs <= latestMs + lateToleranceMs);
      expect(lateness === "late").toBe(atMs > latestMs + lateToleranceMs + lagMs);
    }),
  );
  expect(latenessOf(1_000 + lateToleranceMs, 1_000, 0)).toBeUndefined();
  expect(latenessOf(1_001 + lateToleranceMs, 1_000, 0)).toBe("late");
  expect(latenessOf(1_001 + lateToleranceMs, 1_000, 1)).toBe("open");
});

const heldUpAt = (heartbeatMs: number, atMs: number, lagMs = 300) => {
  const lagging = written(...arrives("bob", 0, { heartbeatMs }), lags(1300, lagMs));
  return ownReason(sessionsOf(lagging)[0], atMs, { events: lagging, profile });
};

test("heartbeats were held up where a delay beyond the margin touched the last three periods", () => {
  expect(heldUpAt(1000, 4300)).toBe("the harness itself was delayed by 300 ms, which may be the cause");
  expect(heldUpAt(1000, 4301)).toBeUndefined();
  expect(heldUpAt(1000, 4300, 251)).toBeDefined();
  expect(heldUpAt(1000, 4300, 250)).toBeUndefined();
});

test("where none were promised, none were held up, not even by a delay at that very moment", () => {
  expect(heldUpAt(0, 1300)).toBeUndefined();
  expect(ownReason(undefined, 1300, { events, profile })).toBeUndefined();
});

test("a stall of more than a second may have left a ping unanswered, also where no heartbeats were promised", () => {
  expect(heldUpAt(0, 2_000, 1_001)).toMatch(/^the harness itself was delayed by 1001 ms/);
  expect(heldUpAt(0, 2_000, 1_000)).toBeUndefined();
  // Longer ago than anything the target waits for.
  expect(heldUpAt(0, 60_000, 1_001)).toBeUndefined();
});

test("whoever gave up by itself was not given up, as far as that came first", () => {
  const gaveUp: [number, NewEvent] = [2000, { kind: "gave-up", actor: "bob" }];
  const closing = written(...arrives("bob", 0), ...arrives("dave", 5), gaveUp);
  const [bob, dave] = sessionsOf(closing);
  const reasonOf = (session: typeof bob, atMs: number) =>
    ownReason(session, atMs, { events: closing, profile });
  expect(reasonOf(bob, 2000)).toBe("bob's client missed the target's heartbeats and closed its connection");
  expect(reasonOf(bob, 1899)).toBeUndefined();
  expect(reasonOf(dave, 2000)).toBeUndefined();
});

test("whoever could not hear what the target asks can be given up once it should have answered, not before", () => {
  const deaf: [number, NewEvent] = [
    1000,
    { kind: "fault-injected", actor: "bob", fault: "blackhole-from-target", ends: "not" },
  ];
  const unanswered = written(...arrives("bob", 0), deaf);
  const reasonAt = (atMs: number, otherSilenceMs?: number) =>
    ownReason(sessionsOf(unanswered)[0], atMs, {
      events: unanswered,
      profile: { ...profile, otherSilenceMs },
    });
  expect(reasonAt(2500, 1500)).toBe("bob could not receive, and so not answer, a request of the target");
  expect(reasonAt(2480, 1500)).toBeDefined();
  expect(reasonAt(2479, 1500)).toBeUndefined();
  // Where nothing is declared, nobody knows.
  expect(reasonAt(1000)).toBeDefined();
  expect(reasonAt(979)).toBeUndefined();
});

test.each([
  [1_000, 999, undefined],
  [1_000, 1_000, "hangup had held all that alice sent for 1.000 s, also its heartbeats"],
  [0, 9_000, undefined],
  [0, 10_000, "hangup had held all that alice sent for 10.000 s, also its heartbeats"],
])(
  "a client with heartbeats of %i ms, whose bytes hangup holds for %i ms, may be given up for that",
  (heartbeatMs, heldMs, reason) => {
    const held = written(
      ...arrives("alice", 0, { heartbeatMs }),
      [10, { kind: "identify-held", actor: "alice", bytes: 80 }],
      closes("alice", 10 + heldMs, 1002),
    );
    expect(ownReason(sessionsOf(held)[0], 10 + heldMs, { events: held, profile })).toBe(reason);
  },
);
