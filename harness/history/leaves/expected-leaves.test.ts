import { describe, expect, test } from "vitest";
import type { HistoryEvent } from "../events/events.ts";
import { lateToleranceMs } from "../lateness.ts";
import { expectedLeaves, isUnannounced } from "./expected-leaves.ts";
import { matchLeaves } from "./matching.ts";
import { parseProfile } from "../../profile/profile.ts";
import {
  arrives,
  bobAndAlice,
  ends,
  hears,
  lastOnly,
  profile,
  sentinel,
  written,
} from "../../../testing/harness/written.ts";

describe("leaves are expected", () => {
  const expectedOf = (events: HistoryEvent[], by = profile) =>
    expectedLeaves(events, by).map(({ session, observer, leave }) => [session.actor, observer, leave?.atMs]);

  test("of each end of an identified session, by each observer; of no sentinel", () => {
    const events = written(
      ...arrives("carol", 0),
      ...bobAndAlice,
      ...arrives("nobody", 15, { client: null }),
      ...ends("alice", 20),
      ...ends("nobody", 20),
      hears("bob", "leave", "alice", 25),
      ...sentinel(1020, "bob", "carol"),
    );
    expect(expectedOf(events)).toEqual([
      ["alice", "carol", undefined],
      ["alice", "bob", 25],
    ]);
  });

  test("with the policy `last`, of an end at which no other session of that person lives", () => {
    const both = [
      ...arrives("bob", 0),
      ...arrives("desk", 5, { client: "alice" }),
      ...arrives("phone", 6, { client: "alice" }),
      ...ends("desk", 20),
    ];
    expect(expectedOf(written(...both), lastOnly)).toEqual([]);
    expect(expectedOf(written(...both, ...ends("phone", 30)), lastOnly)).toEqual([
      ["phone", "bob", undefined],
    ]);
  });

  test.each([
    [3_021, []],
    [3_022, [["phone", "bob", undefined]]],
  ])(
    "with the policy `last`, at %i ms, where another fell silent that was to be noticed by 3001, give or take 20",
    (atMs, due) => {
      const events = written(
        ...arrives("bob", 0),
        ...arrives("desk", 1, { client: "alice", heartbeatMs: 1_000 }),
        ...ends("desk", 1, "silently"),
        ...arrives("phone", 2, { client: "alice" }),
        ...ends("phone", atMs),
      );
      expect(expectedOf(events, lastOnly)).toEqual(due);
    },
  );

  test.each([
    [1040, []],
    [1041, [["alice", "bob", undefined]]],
  ])(
    "with the policy `last`, when the person is back at %i ms and the window closed at 1020, give or take 20",
    (atMs, due) => {
      const events = written(...bobAndAlice, ...ends("alice", 20), ...arrives("alice", atMs));
      expect(expectedOf(events, lastOnly)).toEqual(due);
    },
  );
});

describe("an actor's leaving is announced to nobody", () => {
  test("only if it left, was known, and was not that person's last session", () => {
    const both = [...arrives("desk", 5, { client: "alice" }), ...arrives("phone", 6, { client: "alice" })];
    const nameless = [...arrives("ghost", 0, { client: null }), ...ends("ghost", 10)];
    const events = written(...nameless, ...both, ...ends("desk", 20), ...ends("phone", 30));
    expect(isUnannounced(events, lastOnly, "desk")).toBe(true);
    expect(isUnannounced(events, profile, "desk")).toBe(false);
    expect(isUnannounced(events, lastOnly, "phone")).toBe(false);
    expect(isUnannounced(events, lastOnly, "ghost")).toBe(false);
    expect(isUnannounced(written(...both), lastOnly, "desk")).toBe(false);
  });
});

describe("within a grace", () => {
  const graceful = parseProfile({ sessions: "last", graceMs: 400 }, "the test's profile");
  /** Alice is back at that time; bob hears her leave at 430. */
  const back = (atMs: number) =>
    written(
      ...arrives("bob", 0),
      ...arrives("alice", 1),
      ...ends("alice", 20),
      ...arrives("phone", atMs, { client: "alice" }),
      hears("bob", "leave", "alice", 430),
    );
  const undue = (events: HistoryEvent[]) => matchLeaves(events, graceful, "bob", "alice").undue.length;

  test("whoever came back early in it has not left, and a leave is undue", () => {
    expect(expectedLeaves(back(100), graceful)).toEqual([]);
    expect(undue(back(100))).toBe(1);
  });

  test("of one who came back late in it, or just after, either may be told", () => {
    for (const atMs of [300, 425]) {
      expect(expectedLeaves(back(atMs), graceful)).toEqual([]);
      expect(undue(back(atMs))).toBe(0);
    }
  });

  test("whoever came back long after it had left, and that is due", () => {
    const events = back(5_000).filter(({ kind }) => kind !== "notice");
    expect(expectedLeaves(events, graceful)).toMatchObject([{ observer: "bob", leave: undefined }]);
  });
});

describe("on a list, where one session ends and another of that person comes", () => {
  const roster = parseProfile({ notice: { roster: { list: "", client: "" } } }, "the test's profile");
  /** Alice ends at 1 s and comes again; bob's last list has her or not. */
  const comesAgain = (backMs: number, ...heard: readonly ReturnType<typeof hears>[]) =>
    written(
      ...bobAndAlice,
      ...ends("alice", 1_000),
      ...arrives("alice-again", backMs, { client: "alice" }),
      ...heard,
    );
  const dueIn = (events: readonly HistoryEvent[], by = roster) =>
    expectedLeaves(events, by).map(({ session, observer }) => `${session.actor} to ${observer}`);

  test("neither is seen where the list stays the same, and no leave is due", () => {
    expect(dueIn(comesAgain(1_010))).toEqual([]);
  });
  test("a leave is due where the list shows that somebody came", () => {
    expect(dueIn(comesAgain(1_010, hears("bob", "join", "alice", 1_050)))).toEqual(["alice to bob"]);
  });
  test("a leave is due where the other comes only when its time is over", () => {
    expect(dueIn(comesAgain(2_001 + lateToleranceMs))).toEqual(["alice to bob"]);
  });
  test("a leave is due where that one was shown, and another was not that came long before", () => {
    const events = written(
      ...arrives("bob", 0),
      ...arrives("alice-before", 1, { client: "alice" }),
      ...arrives("alice", 3_000),
      hears("bob", "join", "alice", 3_050),
      ...ends("alice", 4_500),
    );
    expect(dueIn(events)).toContain("alice to bob");
  });
  test("a leave is due of a person who was alone and is on no list", () => {
    expect(dueIn(written(...bobAndAlice, ...ends("alice", 1_000)))).toEqual(["alice to bob"]);
  });
  test("no leave is due of somebody who came and went between two lists", () => {
    const events = written(...arrives("bob", 0), ...arrives("alice", 10), ...ends("alice", 20));
    expect(dueIn(events)).toEqual([]);
  });
  test("a leave is due of somebody whom the list never showed in the time that it had", () => {
    const events = written(...arrives("bob", 0), ...arrives("alice", 10), ...ends("alice", 1_200));
    expect(dueIn(events)).toEqual(["alice to bob"]);
  });
  test("a leave that is told when the other one takes another name is not a late one of the first", () => {
    expect(dueIn(comesAgain(1_010, hears("bob", "leave", "alice", 5_000)))).toEqual([]);
  });
  test("a join may be that of one whose identify was on the way", () => {
    const held = arrives("alice-held", 1_100, { client: "alice" });
    const events = written(
      ...bobAndAlice,
      ...ends("alice", 1_000),
      ...arrives("alice-again", 1_010, { client: "alice" }),
      ...held,
      [1_100, { kind: "identify-held", actor: "alice-held", bytes: 100 }],
      hears("bob", "join", "alice", 1_150),
    );
    expect(dueIn(events)).not.toContain("alice to bob");
  });
  test("notices that tell each leave owe it in any case", () => {
    expect(dueIn(comesAgain(1_010), profile)).toEqual(["alice to bob"]);
  });
});
