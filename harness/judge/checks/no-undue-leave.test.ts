import { describe, expect, test } from "vitest";
import { ofKind, type NewEvent } from "../../history/events/events.ts";
import { parseProfile } from "../../profile/profile.ts";
import {
  arrives,
  bobAndAlice,
  closes,
  ends,
  hears,
  kindOf,
  lags,
  lastOnly,
  placeOf,
  profile,
  sentinel,
  verdictOf,
  written,
} from "../../../testing/harness/written.ts";
import { noFalseLeave, noLeaveTwice } from "./no-undue-leave.ts";

describe("no-leave-twice and no-false-leave", () => {
  const left = [...bobAndAlice, ...ends("alice", 20), hears("bob", "leave", "alice", 25)];

  test("a second leave of one end is one too many, and no false one", () => {
    const events = written(...left, hears("bob", "leave", "alice", 26), ...sentinel(1020, "bob"));
    expect(verdictOf(noLeaveTwice(), events)).toMatchObject({
      kind: "fail",
      expected: "one leave for each session that ended",
      actual: 'bob received a leave of "alice" (alice) again',
    });
    expect(kindOf(noFalseLeave(), events)).toBe("pass");
  });

  test("a second leave of a sentinel is not judged: it may arrive or not", () => {
    const surplus = sentinel(1020, "bob");
    const leaves = surplus.filter(([, event]) => event.kind === "notice" && event.event === "leave");
    expect(leaves.length).toBeGreaterThan(0);
    expect(kindOf(noLeaveTwice(), written(...left, ...surplus, ...leaves))).toBe("pass");
  });

  test("the evidence is all that the same observer was told of that name, up to the leave too many", () => {
    const first = [
      ...arrives("carol", 0),
      ...left.slice(0, -1),
      hears("carol", "leave", "alice", 24),
      hears("bob", "join", "dave", 24),
    ];
    const told = [hears("bob", "leave", "alice", 25), hears("bob", "leave", "alice", 26)];
    const events = written(...first, ...told, hears("bob", "leave", "alice", 27), ...sentinel(1020, "bob"));
    const joined = first.findIndex(([atMs, { kind }]) => atMs === 12 && kind === "notice");
    expect(verdictOf(noLeaveTwice(), events)).toMatchObject({
      kind: "fail",
      evidence: [joined, first.length, first.length + 1],
    });
  });

  test("the evidence is notices alone, also where it is the observer itself that is said to have left", () => {
    const bob = arrives("bob", 0);
    expect(verdictOf(noFalseLeave(), written(...bob, hears("bob", "leave", "bob", 15)))).toEqual({
      kind: "fail",
      expected: "no leave except those of ended sessions",
      actual: 'bob received a leave of "bob" (bob)',
      evidence: [bob.length],
    });
  });

  test("where a notice may be repeated, or a list shows who is there, nobody can tell what came twice", () => {
    const repeating = { ...profile, notice: { ...profile.notice, repeats: true } };
    const roster = parseProfile({ notice: { roster: { list: "", client: "" } } }, "test");
    const events = written(...left, hears("bob", "leave", "alice", 26), ...sentinel(1020, "bob"));
    const live = written(...bobAndAlice, hears("bob", "leave", "alice", 15), ...sentinel(1020, "bob"));
    for (const by of [repeating, roster]) {
      expect(verdictOf(noLeaveTwice(), events, by)).toEqual({
        kind: "not-applicable",
        reason: "the target's notices show who is present, not how often a client has left",
      });
      expect(verdictOf(noFalseLeave(), events, by).kind).toBe("pass");
      expect(verdictOf(noFalseLeave(), live, by).kind).toBe("fail");
    }
  });

  test("a leave of a live session is false, whoever it is, and also when that session ends later", () => {
    const early = written(
      ...bobAndAlice,
      hears("bob", "leave", "alice", 15),
      ...ends("alice", 20),
      hears("bob", "leave", "alice", 22),
      ...sentinel(1020, "bob"),
    );
    expect(verdictOf(noFalseLeave(), early)).toEqual({
      kind: "fail",
      expected: "no leave except those of ended sessions",
      actual: 'bob received a leave of "alice" (alice)',
      evidence: [bobAndAlice.length - 1, bobAndAlice.length],
    });
    for (const gone of ["bob", "carol"]) {
      const listener = gone === "bob" ? "carol" : "bob";
      const other = written(
        ...arrives("carol", 0),
        ...left,
        hears(listener, "leave", gone, 26),
        ...sentinel(1020, "bob", "carol"),
      );
      expect(kindOf(noFalseLeave(), other), gone).toBe("fail");
      expect(kindOf(noLeaveTwice(), other), gone).toBe("pass");
    }
  });

  test("one whose heartbeats the harness itself held up may be given up rightly, also if it is ended later", () => {
    const given = (...rest: [number, NewEvent][]) =>
      written(
        ...arrives("bob", 0),
        ...arrives("alice", 10, { heartbeatMs: 1000 }),
        lags(2000, 900),
        hears("bob", "leave", "alice", 2010),
        ...rest,
        ...sentinel(9000, "bob"),
      );
    expect(kindOf(noFalseLeave(), given())).toBe("inconclusive");
    expect(kindOf(noFalseLeave(), given(...ends("alice", 6000)))).toBe("inconclusive");
    const before = written(
      ...arrives("bob", 0),
      ...arrives("alice", 10),
      lags(2000, 900),
      hears("bob", "leave", "alice", 2010),
    );
    expect(kindOf(noFalseLeave(), before)).toBe("fail");
  });

  test("so may another session of somebody whose leave was told; with none left, it is told again", () => {
    const given = (heartbeatMs: number, ...rest: [number, NewEvent][]) =>
      written(
        ...arrives("bob", 0),
        ...arrives("desk", 10, { client: "alice" }),
        ...arrives("phone", 20, { client: "alice", heartbeatMs }),
        ...ends("desk", 30),
        hears("bob", "leave", "alice", 35),
        ...rest,
        lags(2000, 900),
        hears("bob", "leave", "alice", 2010),
        ...sentinel(9000, "bob"),
      );
    expect(kindOf(noLeaveTwice(), given(1000))).toBe("inconclusive");
    expect(kindOf(noLeaveTwice(), given(0))).toBe("fail");
    const both = given(1000, ...ends("phone", 40), hears("bob", "leave", "alice", 45));
    expect(kindOf(noLeaveTwice(), both)).toBe("fail");
  });

  test("what other cases' actors heard too often is one leave too many; here, nothing was heard", () => {
    const events = written(...left, ...sentinel(1020, "bob"), [
      2000,
      { kind: "overheard", actor: "other cases", client: "alice", heard: 2, sessions: 1 },
    ]);
    expect(verdictOf(noLeaveTwice(), events)).toMatchObject({
      kind: "fail",
      expected: '1 leave of "alice" in the whole run',
      actual: "one actor of other cases received 2",
      evidence: [events.length - 1],
    });
    const [surplus] = ofKind(events, "overheard");
    const quoting = { by: "bob of a/b", quotes: [{ atMs: 2500, body: "alice left" }] };
    const quoted = events.map((event) => (event === surplus ? { ...event, ...quoting } : event));
    expect(verdictOf(noLeaveTwice(), quoted)).toMatchObject({
      actual: "bob of a/b received 2, among them alice left at 2.500 s",
    });
    expect(kindOf(noFalseLeave(), events)).toBe("pass");
  });

  test("a disturbance ends nothing: a leave after it is false, and its time must be waited out", () => {
    const heard = written(
      ...bobAndAlice,
      ...ends("alice", 20, "not"),
      hears("bob", "leave", "alice", 25),
      ...sentinel(1020, "bob"),
    );
    expect(kindOf(noFalseLeave(), heard)).toBe("fail");
    const quiet = written(...bobAndAlice, ...ends("alice", 20, "not"), ...sentinel(1020, "bob", "alice"));
    expect(kindOf(noFalseLeave(), quiet)).toBe("pass");
    expect(kindOf(noFalseLeave(), quiet.slice(0, -8))).toBe("inconclusive");
  });

  test("nothing is concluded when one observer did not hear the sentinel, or nothing was waited out", () => {
    const three = [...arrives("carol", 0), ...left];
    for (const check of [noFalseLeave(), noLeaveTwice()]) {
      expect(verdictOf(check, written(...three, ...sentinel(1020, "carol")))).toEqual({
        kind: "inconclusive",
        reason: "bob did not receive the sentinel's leave, so it might not have received another either",
      });
      expect(verdictOf(check, written(...left))).toEqual({
        kind: "inconclusive",
        reason: "the case did not wait for the time in which a notice could still arrive",
      });
    }
  });

  test("an absence is proven by each who could hear it: not by the leaver, nor by one who is deaf or gone", () => {
    const deaf = arrives("dave", 0).filter(([, { kind }]) => kind !== "subscribed");
    const gone = [...arrives("carol", 0), closes("carol", 15)];
    const lingering = arrives("sentinel-2", 1030);
    const events = written(...deaf, ...gone, ...left, ...sentinel(1020, "bob"), ...lingering);
    for (const check of [noFalseLeave(), noLeaveTwice()]) {
      expect(verdictOf(check, events)).toEqual({
        kind: "pass",
        evidence: [placeOf(events, "notice", "bob")],
      });
    }
  });

  test("a live session that promised heartbeats may be missed when the harness itself was late", () => {
    const falsely = (heartbeatMs: number, lagMs: number) =>
      written(
        ...arrives("carol", 0),
        ...arrives("bob", 0, { heartbeatMs }),
        lags(2000, lagMs),
        hears("carol", "leave", "bob", 2500),
        ...sentinel(4000, "carol", "bob"),
      );
    expect(verdictOf(noFalseLeave(), falsely(1000, 300))).toEqual({
      kind: "inconclusive",
      reason: "the harness itself was delayed by 300 ms, which may be the cause",
    });
    expect(kindOf(noFalseLeave(), falsely(1000, 250))).toBe("fail");
    expect(kindOf(noFalseLeave(), falsely(0, 300))).toBe("fail");
    const anothers = written(
      ...arrives("bob", 0),
      ...arrives("carol", 0, { heartbeatMs: 1000 }),
      lags(2000, 300),
      hears("carol", "leave", "bob", 2500),
      ...arrives("dave", 2600, { heartbeatMs: 1000 }),
    );
    expect(kindOf(noFalseLeave(), anothers)).toBe("fail");
  });

  test("a name that an identify replaced is due no leave", () => {
    const renamed = [
      ...bobAndAlice,
      [13, { kind: "identify-sent", actor: "alice", client: "alicia", body: "{}" }] as const,
      ...ends("alice", 20),
    ];
    const events = (name: string) =>
      written(...renamed, hears("bob", "leave", name, 25), ...sentinel(1020, "bob"));
    expect(kindOf(noFalseLeave(), events("alicia"))).toBe("pass");
    expect(verdictOf(noFalseLeave(), events("alice"))).toMatchObject({
      kind: "fail",
      actual: 'bob received a leave of "alice" (alice)',
    });
    expect(verdictOf(noFalseLeave(), events("alice"), lastOnly).kind).toBe("pass");
  });

  test.each([
    ["undefined", 'of "undefined"'],
    [null, "that names nobody"],
  ])(
    "a leave of %j, whom no case knows, counts against the target only when no other case ran",
    (name, words) => {
      const events = written(...left, hears("bob", "leave", name, 26, "nobody"), ...sentinel(1020, "bob"));
      expect(verdictOf(noFalseLeave(), events)).toEqual({
        kind: "inconclusive",
        reason: `a leave ${words}, which no case knows, may come from another case`,
      });
      expect(verdictOf(noFalseLeave(), events, profile, true)).toEqual({
        kind: "fail",
        expected: "no leave except those of ended sessions",
        actual: `bob received a leave ${words}`,
        evidence: [left.length],
      });
      expect(verdictOf(noLeaveTwice(), events, profile, true).kind).toBe("pass");
    },
  );
});
