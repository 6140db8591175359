import { expect, test } from "vitest";
import { arrives, ends, hears, profile, sentinel, written } from "../../testing/harness/written.ts";
import { parseProfile } from "../profile/profile.ts";
import { detectionsIn } from "./judge.ts";

const left = written(
  ...arrives("bob", 0),
  ...arrives("alice", 1),
  ...ends("alice", 20),
  hears("bob", "leave", "alice", 25),
);

const detected = (events: typeof left, by = profile) => detectionsIn({ events, profile: by, alone: false });
const start = [...arrives("bob", 0), ...arrives("alice", 1, { heartbeatMs: 1000 })];

test("are counted from the end, beside their window", () => {
  expect(detected(left)).toEqual([
    { actor: "alice", observer: "bob", cause: "fin", latencyMs: 5, earliestMs: 0, latestMs: 1000 },
  ]);
});

test("are counted from when the end reached the target, and a leave before that took no time", () => {
  const reached = (effectAtMs: number) =>
    detected(left.map((e) => (e.kind === "fault-witnessed" ? { ...e, effectAtMs } : e)));
  expect(reached(22)).toMatchObject([{ latencyMs: 3, earliestMs: 0, latestMs: 1000 }]);
  expect(reached(27)).toMatchObject([{ latencyMs: 0, earliestMs: 0, latestMs: 1000 }]);
  const unwitnessed = left.filter(({ kind }) => kind !== "fault-witnessed");
  expect(detected(unwitnessed)).toMatchObject([{ latencyMs: 5, earliestMs: 0, latestMs: 1000 }]);
});

test("of silence have a window that opens later, or whose beginning nobody knows", () => {
  const events = written(...start, ...ends("alice", 500, "silently"), hears("bob", "leave", "alice", 2700));
  const silent = { actor: "alice", observer: "bob", cause: "fin", latencyMs: 2200, latestMs: 3000 };
  expect(detected(events)).toEqual([{ ...silent, earliestMs: 1000 }]);
  expect(detected(events, parseProfile({}, "a test"))).toEqual([{ ...silent, earliestMs: null }]);
});

test("are none where one of two ends has no leave, so that nobody knows whose the other leave is", () => {
  const twice = (...leavesMs: readonly number[]) =>
    written(
      ...start,
      ...ends("alice", 20),
      ...arrives("alice", 300, { heartbeatMs: 1000 }),
      ...ends("alice", 500),
      ...leavesMs.map((atMs) => hears("bob", "leave", "alice", atMs)),
    );
  expect(detected(twice(510))).toEqual([]);
  expect(detected(twice(25))).toMatchObject([{ latencyMs: 5 }]);
  expect(detected(twice(25, 510))).toMatchObject([{ latencyMs: 5 }, { latencyMs: 10 }]);
});

test("are none where no leave was heard, or nothing is declared to notice the end, or it was a sentinel's", () => {
  expect(detected(written(...start, ...ends("alice", 20), ...sentinel(1020, "bob")))).toEqual([]);
  const unnoticed = [...arrives("bob", 0), ...arrives("alice", 1), ...ends("alice", 20, "silently")];
  expect(detected(written(...unnoticed, hears("bob", "leave", "alice", 25)))).toEqual([]);
});
