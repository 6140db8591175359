import { describe, expect, test } from "vitest";
import { parseProfile } from "../profile.ts";
import { arrives, bobAndAlice, ends, hears, kindOf, profile, sentinel, written } from "../testing/written.ts";
import { noFalseLeave, noLeaveTwice } from "./no-undue-leave.ts";

describe("no-leave-twice and no-false-leave", () => {
  const left = [...bobAndAlice, ...ends("alice", 20), hears("bob", "leave", "alice", 25)];

  test("a second leave of one end is one too many, and no false one", () => {
    const events = written(...left, hears("bob", "leave", "alice", 26), ...sentinel(1020, "bob"));
    expect(noLeaveTwice().judge({ events, profile, alone: false })).toMatchObject({
      kind: "fail",
      actual: 'bob heard a leave of "alice" (alice) once more',
    });
    expect(kindOf(noFalseLeave(), events)).toBe("pass");
  });

  test("a leave of a live session is false, whoever it is, and also when that session ends later", () => {
    const early = written(
      ...bobAndAlice,
      hears("bob", "leave", "alice", 15),
      ...ends("alice", 20),
      hears("bob", "leave", "alice", 22),
      ...sentinel(1020, "bob"),
    );
    expect(kindOf(noFalseLeave(), early)).toBe("fail");
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

  test("what other cases' actors heard too often is one leave too many; here, nothing was heard", () => {
    const events = written(...left, ...sentinel(1020, "bob"), [
      2000,
      { kind: "overheard", actor: "other cases", client: "alice", heard: 2, sessions: 1 },
    ]);
    expect(noLeaveTwice().judge({ events, profile, alone: false })).toMatchObject({
      kind: "fail",
      expected: '1 leave of "alice" in the whole run',
      actual: "one actor of other cases heard 2",
      evidence: [events.length - 1],
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

  test("nothing is concluded when an observer did not hear the sentinel, or nothing was waited out", () => {
    for (const check of [noFalseLeave(), noLeaveTwice()]) {
      expect(kindOf(check, written(...left, ...sentinel(1020)))).toBe("inconclusive");
      expect(kindOf(check, written(...left))).toBe("inconclusive");
    }
  });

  test("a live session that promised heartbeats may be missed when the harness itself was late", () => {
    const falsely = (heartbeatMs: number, lagMs: number) =>
      written(
        ...arrives("carol", 0),
        ...arrives("bob", 0, { heartbeatMs }),
        [2000, { kind: "harness-lagged", actor: "harness", source: "event-loop", lagMs }],
        hears("carol", "leave", "bob", 2500),
        ...sentinel(4000, "carol", "bob"),
      );
    expect(kindOf(noFalseLeave(), falsely(1000, 300))).toBe("inconclusive");
    expect(kindOf(noFalseLeave(), falsely(1000, 250))).toBe("fail");
    expect(kindOf(noFalseLeave(), falsely(0, 300))).toBe("fail");
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
    expect(kindOf(noFalseLeave(), events("alice"))).toBe("fail");
    const last = parseProfile({ sessions: "last" }, "test");
    expect(noFalseLeave().judge({ events: events("alice"), profile: last, alone: false }).kind).toBe("pass");
  });

  test.each([["undefined"], [null]])(
    "a leave of %j, whom no case knows, counts against the target only when no other case ran",
    (name) => {
      const events = written(...left, hears("bob", "leave", name, 26, "nobody"), ...sentinel(1020, "bob"));
      expect(kindOf(noFalseLeave(), events)).toBe("inconclusive");
      expect(kindOf(noFalseLeave(), events, true)).toBe("fail");
    },
  );
});
