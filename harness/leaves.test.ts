import fc from "fast-check";
import { expect, test } from "vitest";
import type { HistoryEvent } from "./history.ts";
import { matchLeaves } from "./leaves.ts";
import { ofKind, sessionsOf, windowOf } from "./oracle.ts";
import { arrives, ends, hears, profile, written } from "./testing/written.ts";

/** Sessions of one person that end at these times, and leaves that one observer hears at those. */
function historyOf(
  endings: readonly { readonly atMs: number; readonly silent: boolean }[],
  leavesAtMs: readonly number[],
): HistoryEvent[] {
  const arrivals = endings.flatMap(({ silent }, n) =>
    arrives(`alice-${n}`, 1, { client: "alice", heartbeatMs: silent ? 1_000 : 0 }),
  );
  const rest = [
    ...endings.map(({ atMs, silent }, n) => ends(`alice-${n}`, atMs, silent ? "silently" : "visibly")),
    ...leavesAtMs.map((atMs) => [hears("bob", "leave", "alice", atMs)]),
  ];
  rest.sort(([a], [b]) => (a?.[0] ?? 0) - (b?.[0] ?? 0));
  return written(...arrives("bob", 0), ...arrivals, ...rest.flat());
}

/** The most leaves that can be set against ends inside their windows: every way is tried. */
function mostInside(events: readonly HistoryEvent[]): number {
  const windows = sessionsOf(events).flatMap((session) => windowOf(session, profile) ?? []);
  const most = (leaves: readonly HistoryEvent[], free: readonly (typeof windows)[number][]): number => {
    const [leave, ...others] = leaves;
    if (leave === undefined) return 0;
    const choices = free.flatMap((window, place) =>
      leave.atMs >= (window.earliestMs ?? 0) && leave.atMs <= window.latestMs
        ? [1 + most(others, free.toSpliced(place, 1))]
        : [],
    );
    return Math.max(most(others, free), ...choices);
  };
  return most(ofKind(events, "notice"), windows);
}

const ending = fc.record({ atMs: fc.integer({ min: 10, max: 4_000 }), silent: fc.boolean() });

test("sessions that look alike are matched so that as many leaves as can be fall into their windows", () => {
  fc.assert(
    fc.property(
      fc.array(ending, { maxLength: 5 }),
      fc.array(fc.integer({ min: 10, max: 8_000 }), { maxLength: 5 }),
      (endings, leavesAtMs) => {
        const events = historyOf(endings, leavesAtMs);
        const { matched } = matchLeaves(events, profile, "bob", "alice");
        const inside = matched.filter(([session, { atMs }]) => {
          const { earliestMs, latestMs = 0 } = windowOf(session, profile) ?? {};
          return atMs >= (earliestMs ?? 0) && atMs <= latestMs;
        });
        // Not each leave that is late could have been in time; each that could be is.
        expect(inside.length).toBe(mostInside(events));
      },
    ),
    { numRuns: 2_000 },
  );
});

test("no leave is lost: each is set against one end, or undue", () => {
  fc.assert(
    fc.property(
      fc.array(ending, { maxLength: 6 }),
      fc.array(fc.integer({ min: 10, max: 8_000 }), { maxLength: 8 }),
      (endings, leavesAtMs) => {
        const events = historyOf(endings, leavesAtMs);
        const { matched, undue } = matchLeaves(events, profile, "bob", "alice");
        expect(matched.length + undue.length).toBe(leavesAtMs.length);
        expect(new Set(matched.map(([{ actor }]) => actor)).size).toBe(matched.length);
        for (const [{ end }, leave] of matched) expect(end?.index).toBeLessThan(leave.index);
      },
    ),
  );
});

test("a leave inside the window of one end is not taken as an early one of another", () => {
  const events = historyOf(
    [
      { atMs: 100, silent: true },
      { atMs: 2_400, silent: false },
    ],
    [2_500],
  );
  const { matched } = matchLeaves(events, profile, "bob", "alice");
  expect(matched.map(([{ actor }]) => actor)).toEqual(["alice-0"]);
  const early = historyOf(
    [
      { atMs: 100, silent: true },
      { atMs: 150, silent: false },
    ],
    [200, 1_500],
  );
  const both = matchLeaves(early, profile, "bob", "alice").matched.map(([{ actor }]) => actor);
  expect(both).toEqual(["alice-1", "alice-0"]);
});
