import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ofKind, type HistoryEvent } from "../events/events.ts";
import { lateToleranceMs } from "../lateness.ts";
import { clockErrorMs } from "../../util/clock-error.ts";
import { matchLeaves } from "./matching.ts";
import { sessionsOf, type Session } from "../sessions/sessions.ts";
import { windowOf, type Window } from "../sessions/windows.ts";
import { parseProfile } from "../../profile/profile.ts";
import { arrives, bobAndAlice, ends, hears, profile, written } from "../../../testing/harness/written.ts";

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

/** A window with as much room as the checks leave round it. */
function widened(session: Session): Window | undefined {
  const window = windowOf(session, profile);
  return (
    window && {
      // Before the end nothing announces it.
      earliestMs: Math.max(session.end?.atMs ?? 0, (window.earliestMs ?? 0) - clockErrorMs),
      latestMs: window.latestMs + lateToleranceMs,
    }
  );
}

const isInside = ({ atMs }: HistoryEvent, { earliestMs, latestMs }: Window): boolean =>
  atMs >= (earliestMs ?? 0) && atMs <= latestMs;

/** The most leaves that can be set against ends inside their windows: every way is tried. */
function mostInside(events: readonly HistoryEvent[]): number {
  const windows = sessionsOf(events).flatMap((session) => widened(session) ?? []);
  const most = (leaves: readonly HistoryEvent[], free: readonly (typeof windows)[number][]): number => {
    const [leave, ...others] = leaves;
    if (leave === undefined) return 0;
    const choices = free.flatMap((window, place) =>
      isInside(leave, window) ? [1 + most(others, free.toSpliced(place, 1))] : [],
    );
    return Math.max(most(others, free), ...choices);
  };
  return most(ofKind(events, "notice"), windows);
}

/** Half the times are round, so that a leave often comes at the very moment in which a window opens or closes. */
const timeMs = (max: number) =>
  fc.oneof(
    fc.integer({ min: 10, max }),
    fc.integer({ min: 1, max: max / 500 }).map((n) => n * 500),
  );
const ending = fc.record({ atMs: timeMs(4_000), silent: fc.boolean() });

test("sessions that look alike are matched so that as many leaves as can be fall into their windows", () => {
  fc.assert(
    fc.property(
      fc.array(ending, { maxLength: 5 }),
      fc.array(timeMs(8_000), { maxLength: 5 }),
      (endings, leavesAtMs) => {
        const events = historyOf(endings, leavesAtMs);
        const { matched } = matchLeaves(events, profile, "bob", "alice");
        const inside = matched.filter(([session, leave]) => {
          const window = widened(session);
          return window !== undefined && isInside(leave, window);
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
      fc.array(timeMs(8_000), { maxLength: 8 }),
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

test("a late leave is set against the eldest end that has none yet, whoever came first", () => {
  const events = historyOf(
    [
      { atMs: 200, silent: false },
      { atMs: 100, silent: false },
    ],
    [5_000],
  );
  const { matched } = matchLeaves(events, profile, "bob", "alice");
  expect(matched.map(([{ actor }]) => actor)).toEqual(["alice-1"]);
});

test("a leave goes to an end that the observer is owed before one that came before it had subscribed", () => {
  const events = written(
    ...arrives("first", 0, { client: "alice" }),
    ...arrives("second", 1, { client: "alice" }),
    ...ends("first", 20),
    ...arrives("bob", 25),
    ...ends("second", 30),
    hears("bob", "leave", "alice", 35),
    hears("bob", "leave", "alice", 40),
  );
  const { matched, undue } = matchLeaves(events, profile, "bob", "alice");
  expect(matched.map(([{ actor }, { atMs }]) => [actor, atMs])).toEqual([
    ["second", 35],
    ["first", 40],
  ]);
  expect(undue).toEqual([]);
});

test("a late leave of one whose identify was on the way is late, not undue; a second one is", () => {
  const events = written(
    ...arrives("bob", 0),
    ...arrives("alice", 1),
    [2, { kind: "identify-held", actor: "alice", bytes: 100 }],
    ...ends("alice", 20),
    hears("bob", "leave", "alice", 5_000),
    hears("bob", "leave", "alice", 5_001),
  );
  const { matched, undue } = matchLeaves(events, profile, "bob", "alice");
  expect(matched.map(([{ actor }, { atMs }]) => [actor, atMs])).toEqual([["alice", 5_000]]);
  expect(undue.map(({ atMs }) => atMs)).toEqual([5_001]);
});

test("a late leave goes to an end that is due before one whose identify was on the way", () => {
  const events = written(
    ...arrives("bob", 0),
    ...arrives("first", 1, { client: "alice" }),
    [2, { kind: "identify-held", actor: "first", bytes: 100 }],
    ...ends("first", 10),
    ...arrives("second", 11, { client: "alice" }),
    ...ends("second", 20),
    hears("bob", "leave", "alice", 5_000),
  );
  const { matched } = matchLeaves(events, profile, "bob", "alice");
  expect(matched.map(([{ actor }]) => actor)).toEqual(["second"]);
});

test("where nothing is declared to notice an end, a leave of it is neither late nor undue", () => {
  const events = written(
    ...bobAndAlice,
    ...ends("alice", 20, "silently"),
    hears("bob", "leave", "alice", 60_000),
  );
  const { matched, undue } = matchLeaves(events, profile, "bob", "alice");
  expect(matched.map(([{ actor }, { atMs }]) => [actor, atMs])).toEqual([["alice", 60_000]]);
  expect(undue).toEqual([]);
});

describe("a session that never identified may be told where notices do not name client data:", () => {
  const nameless = [
    ...arrives("lurker", 5, { client: null }),
    ...arrives("ghost", 5, { client: null }),
    ...ends("ghost", 10),
  ];
  const matchedBy = (notice: object, client: string) => {
    const by = parseProfile({ notice }, "a test");
    const known = [
      ...arrives("bob", 0),
      ...arrives("alice", 0, { client }),
      ...nameless,
      ...ends("alice", 20),
    ];
    const events = written(...known, hears("bob", "leave", client, 30), hears("bob", "leave", client, 31));
    const { matched, undue } = matchLeaves(events, by, "bob", client);
    return [...matched.map(([{ actor }]) => actor), ...undue.map(() => "undue")];
  };
  const leave = { match: { "/event": "leave" } };

  test("where they name nobody, but whoever is due one comes first", () => {
    expect(matchedBy({ leave }, "somebody")).toEqual(["alice", "ghost"]);
  });

  test("where they name session ids, by its own alone", () => {
    const bySession = { leave: { ...leave, client: "/id" }, names: "{sessionId}" };
    expect(matchedBy(bySession, "id-of-alice")).toEqual(["alice", "undue"]);
    expect(matchedBy(bySession, "id-of-ghost")).toEqual(["alice", "ghost"]);
    expect(matchedBy({ leave: { ...leave, client: "/who" } }, "id-of-ghost")).toEqual(["alice", "undue"]);
  });
});

test("a leave late by no more than is allowed for is that of its own end, not of the next one in time", () => {
  const events = historyOf(
    [
      { atMs: 100, silent: false },
      { atMs: 600, silent: false },
    ],
    [1_100 + lateToleranceMs, 1_601],
  );
  const { matched } = matchLeaves(events, profile, "bob", "alice");
  expect(matched.map(([{ actor }]) => actor)).toEqual(["alice-0", "alice-1"]);
});
