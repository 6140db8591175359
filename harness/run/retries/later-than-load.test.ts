import { expect, test } from "vitest";
import { arrives, ends, hears, profile, written } from "../../../testing/harness/written.ts";
import { isLaterThanLoad } from "./later-than-load.ts";

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
  { leavesAtMs: [1_001], loadMs: 500, isLater: true, why: "later than twice the load" },
  { leavesAtMs: [999], loadMs: 500, isLater: false, why: "within twice the load" },
  { leavesAtMs: [5_000, 600], loadMs: 500, isLater: false, why: "one within it" },
  { leavesAtMs: [5_000, 0], loadMs: 500, isLater: true, why: "the other in time" },
  { leavesAtMs: [0, 0], loadMs: 0, isLater: false, why: "all in time" },
  { leavesAtMs: [], loadMs: 0, isLater: false, why: "all missing" },
])("leaves $leavesAtMs ms late at $loadMs ms of load: $why", ({ leavesAtMs, loadMs, isLater }) => {
  expect(isLaterThanLoad({ attempt: played(...leavesAtMs), loadMs }, profile)).toBe(isLater);
});
