import { expect, test } from "vitest";
import { arrives, ends, hears, profile, written } from "../../../testing/harness/written.ts";
import { latenessBeyondLoad } from "./later-than-load.ts";

const { endedMs } = profile.deadlines;
const played = (...leavesAtMs: number[]) => ({
  alone: false,
  trouble: null,
  durationMs: 10_000,
  lagMaxMs: 0,
  events: written(
    ...arrives("bob", 0),
    ...arrives("carol", 1),
    ...arrives("alice", 2),
    hears("bob", "join", "alice", 3),
    hears("carol", "join", "alice", 3),
    ...ends("alice", 10),
    ...leavesAtMs.map((atMs, place) =>
      hears(place === 0 ? "bob" : "carol", "leave", "alice", 10 + endedMs + atMs),
    ),
  ),
});

test.each([
  { leavesAtMs: [1_001], loadMs: 500, size: 10, why: "later than twice the load" },
  { leavesAtMs: [999], loadMs: 500, size: undefined, why: "within twice the load" },
  { leavesAtMs: [5_000, 600], loadMs: 500, size: undefined, why: "one within it" },
  { leavesAtMs: [5_000, 0], loadMs: 500, size: 12, why: "the other in time" },
  { leavesAtMs: [0, 0], loadMs: 0, size: undefined, why: "all in time" },
  { leavesAtMs: [], loadMs: 0, size: undefined, why: "all missing" },
])("leaves $leavesAtMs ms late at $loadMs ms of load: $why", ({ leavesAtMs, loadMs, size }) => {
  expect(latenessBeyondLoad({ attempt: played(...leavesAtMs), loadMs }, profile)).toBe(size);
});
