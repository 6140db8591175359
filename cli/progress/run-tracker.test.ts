import { expect, test } from "vitest";
import type { Verdict } from "../../harness/judge/verdict.ts";
import { asking, fails, open, passes, recordOf, unasked } from "../../testing/cli/mutants.ts";
import type { ExpectedCase } from "./expected-cases.ts";
import { RunTracker } from "./run-tracker.ts";
import { retriesInWords } from "./words.ts";

/** A clock that a test sets, in milliseconds. */
class Clock {
  ms = 0;
  readonly now = () => this.ms;
}

const expected = (id: string, expectedMs = 1_000): ExpectedCase => ({
  id,
  scenario: id.split("[")[0] ?? id,
  phase: 0,
  waitsLong: false,
  expectedMs,
  failingMs: 4 * expectedMs,
});

const verdictOf = (id: string, verdict: Verdict) => recordOf(id, { A: verdict });

test("counts leave out cases that do not apply", () => {
  const tracker = new RunTracker(
    ["a", "b", "c", "d", "e"].map((id) => expected(id)),
    2,
    () => 0,
  );
  tracker.decided(verdictOf("a", passes));
  tracker.decided(verdictOf("b", fails));
  tracker.decided(verdictOf("c", open));
  tracker.decided(verdictOf("d", unasked));
  expect(tracker.counts()).toEqual({ total: 4, decided: 3, passed: 1, failed: 1, inconclusive: 1 });
});

test("the remaining time falls while a case runs, and follows the pace of its scenario", () => {
  const clock = new Clock();
  const tracker = new RunTracker([expected("a[1]"), expected("a[2]")], 1, clock.now);
  expect(tracker.leftMs()).toBe(2_000);
  const end = tracker.begin("a[1]");
  clock.ms = 500;
  expect(tracker.leftMs()).toBe(1_500);
  expect(tracker.longest()).toEqual({ id: "a[1]", ms: 500 });
  clock.ms = 4_000;
  end();
  tracker.decided(verdictOf("a[1]", fails));
  expect(tracker.leftMs()).toBe(4_000);
  expect(tracker.longest()).toBeUndefined();
});

test("an attempt without a verdict counts once more, also if no retry is announced", () => {
  const clock = new Clock();
  const tracker = new RunTracker([expected("a")], 1, clock.now);
  const end = tracker.begin("a");
  clock.ms = 3_000;
  end();
  expect(tracker.leftMs()).toBe(3_000);
  tracker.decided(verdictOf("a", passes));
  expect(tracker.leftMs()).toBe(0);
});

test("planned retries have their number and their expected time, also after the verdict", () => {
  const clock = new Clock();
  const cases = ["a[1]", "a[2]", "a[3]", "a[4]"];
  const tracker = new RunTracker(
    cases.map((id) => expected(id)),
    4,
    clock.now,
  );
  for (const end of cases.map((id) => tracker.begin(id))) {
    clock.ms = 20_000;
    end();
  }
  for (const id of cases.slice(0, 2)) tracker.decided(verdictOf(id, fails));
  const planned = {
    cases: cases.map((id) => ({ ...asking(id, "A"), id })),
    why: "late",
    attempts: 2,
    atOnce: 2,
  } as const;
  // Two pairs, twice each.
  const expectedMs = tracker.planned(planned);
  expect(expectedMs).toBeGreaterThanOrEqual(80_000);
  expect(expectedMs).toBeLessThanOrEqual(100_000);
  expect(tracker.leftMs()).toBe(expectedMs);
  expect(retriesInWords(planned, expectedMs)).toBe(
    "4 cases run up to 2 times more, because they missed a deadline, and the rate shows if the server is always late: about 2 min.",
  );
  const end = tracker.begin("a[1]");
  clock.ms += 20_000;
  end();
  expect(tracker.leftMs()).toBeLessThan(expectedMs);
});

test("a watched case reports each attempt to the tracker of its round, and fails as before", async () => {
  const clock = new Clock();
  const trackers = [1, 2].map(() => new RunTracker([expected("a")], 1, clock.now));
  let round = 0;
  const run = () => {
    clock.ms += 100;
    return Promise.reject(new Error("the scenario failed"));
  };
  const one = asking("a", "A");
  const watched = RunTracker.watched({ ...one, scenario: { ...one.scenario, run } }, () => {
    const tracker = trackers[round];
    if (tracker === undefined) throw new Error("no such round");
    return tracker;
  });
  const stage = undefined as never;
  await expect(watched.scenario.run(stage)).rejects.toThrow("the scenario failed");
  round = 1;
  await expect(watched.scenario.run(stage)).rejects.toThrow("the scenario failed");
  expect(trackers.map((tracker) => tracker.leftMs())).toEqual([100, 100]);
});

test.each([
  [4_000, 70_000],
  [10_000, 76_000],
  [2_500, 62_500],
])(
  "a short wait that takes %d ms makes a long one of the same scenario %d ms long, and no multiple",
  (took, left) => {
    const clock = new Clock();
    const short = { ...expected("a[websocket]", 1_000), failingMs: 4_000 };
    const long = { ...expected("a[http]", 55_000), failingMs: 70_000 };
    const tracker = new RunTracker([short, long], 1, clock.now);
    const end = tracker.begin("a[websocket]");
    clock.ms = took;
    end();
    tracker.decided(verdictOf("a[websocket]", fails));
    expect(tracker.leftMs()).toBe(left);
  },
);

test("attempts at one case side by side run until the last has ended", () => {
  const clock = new Clock();
  const tracker = new RunTracker([expected("a", 4_000)], 9, clock.now);
  const ends = [tracker.begin("a"), tracker.begin("a")];
  clock.ms = 1_000;
  ends[0]?.();
  expect(tracker.longest()).toEqual({ id: "a", ms: 1_000 });
  ends[1]?.();
  expect(tracker.longest()).toBeUndefined();
});

test("of many open cases a few are expected to run again, and running cases are not put into places", () => {
  const clock = new Clock();
  const ids = Array.from({ length: 20 }, (_, n) => `a[${n}]`);
  const tracker = new RunTracker(
    ids.map((id) => expected(id)),
    2,
    clock.now,
  );
  const ends = ids.map((id) => tracker.begin(id));
  clock.ms = 900;
  // All run side by side, since a case that only waits takes no place.
  expect(tracker.leftMs()).toBeLessThan(500);
  clock.ms = 1_000;
  for (const end of ends) end();
  expect(tracker.leftMs()).toBeLessThanOrEqual(5 * 1_000);
});
