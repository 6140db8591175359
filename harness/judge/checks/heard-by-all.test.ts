import { describe, expect, test } from "vitest";
import type { Check } from "../check.ts";
import { parseProfile } from "../../profile/profile.ts";
import {
  arrives,
  bobAndAlice,
  closes,
  ends,
  hears,
  kindOf,
  lastOnly,
  placeOf,
  profile,
  sentinel,
  verdictOf,
  written,
} from "../../../testing/harness/written.ts";
import { heardByAll } from "./heard-by-all.ts";
import { leftInsideWindow } from "./left-inside-window.ts";
import { noFalseLeave, noLeaveTwice } from "./no-undue-leave.ts";

describe("heard-by-all", () => {
  test("fails when a listening observer heard nothing, and says who and what", () => {
    const events = written(...bobAndAlice, ...ends("alice", 20), ...sentinel(1020, "bob"));
    expect(verdictOf(heardByAll("alice"), events)).toEqual({
      kind: "fail",
      expected: "bob receives the leave of alice (fin at 0.020 s)",
      actual: "bob received no leave by 1.020 s, although it received notices of a later session",
      evidence: [placeOf(events, "fault-injected", "alice"), placeOf(events, "waited-out", "harness")],
    });
  });

  test("a fault that ended the session only later is told with the moment of the end", () => {
    const fault = ends("alice", 20).slice(0, 1);
    const expected = (closedAtMs: number) => {
      const events = written(...bobAndAlice, ...fault, closes("alice", closedAtMs), ...sentinel(1620, "bob"));
      const verdict = verdictOf(heardByAll("alice"), events);
      return verdict.kind === "fail" ? verdict.expected : verdict.kind;
    };
    expect(expected(520)).toBe(
      "bob receives the leave of alice (fin at 0.020 s, connection closed at 0.520 s)",
    );
    expect(expected(25)).toBe("bob receives the leave of alice (fin at 0.020 s)");
  });

  test("passes with the leaves that were heard, however late, and whatever became of others' ends", () => {
    const start = [...arrives("carol", 0), ...arrives("dave", 0), ...bobAndAlice, ...ends("alice", 20)];
    const events = written(
      ...start,
      hears("carol", "leave", "alice", 25),
      hears("bob", "leave", "alice", 5000),
      ...ends("dave", 5001),
      ...sentinel(6020, "bob", "carol"),
    );
    expect(verdictOf(heardByAll("alice"), events)).toEqual({
      kind: "pass",
      evidence: [start.length, start.length + 1],
    });
    expect(kindOf(heardByAll("dave"), events)).toBe("fail");
  });

  test("fails when one of two observers heard nothing", () => {
    const events = written(
      ...arrives("carol", 0),
      ...bobAndAlice,
      ...ends("alice", 20),
      hears("bob", "leave", "alice", 25),
      ...sentinel(1020, "bob", "carol"),
    );
    expect(kindOf(heardByAll("alice"), events)).toBe("fail");
  });

  test("fails when the sentinel's join was heard, though no leave ever comes", () => {
    const [waited, ...rest] = sentinel(1020, "bob");
    const noLeaves = rest.filter(([, event]) => !(event.kind === "notice" && event.event === "leave"));
    const events = written(...bobAndAlice, ...ends("alice", 20), ...(waited ? [waited] : []), ...noLeaves);
    expect(kindOf(heardByAll("alice"), events)).toBe("fail");
  });

  test("is inconclusive when the observer heard no sentinel, or was never waited for", () => {
    const open = {
      kind: "inconclusive",
      reason: "bob received no leave of alice, but may not have been listening any more",
    };
    const left = [...bobAndAlice, ...ends("alice", 20)];
    expect(verdictOf(heardByAll("alice"), written(...left, ...sentinel(1020)))).toEqual(open);
    expect(verdictOf(heardByAll("alice"), written(...left))).toEqual(open);
    const before = written(...bobAndAlice, ...sentinel(15, "bob"), ...ends("alice", 20));
    expect(verdictOf(heardByAll("alice"), before)).toEqual(open);
  });

  test("is inconclusive while the actor is there", () => {
    const nothing = { kind: "inconclusive", reason: "the check examined no event" };
    expect(verdictOf(heardByAll("alice"), written(...bobAndAlice, ...sentinel(1020, "bob")))).toEqual(
      nothing,
    );
  });

  test("is asked of one who never identified only where such ends are declared to be told", () => {
    const unnamed = [...arrives("bob", 0), ...arrives("alice", 10, { client: null }), ...ends("alice", 20)];
    const history = written(...unnamed, ...sentinel(1020, "bob"));
    expect(verdictOf(heardByAll("alice"), history).kind).toBe("not-applicable");
    const notice = { leave: { match: { "/type": "left" }, client: "/id" }, names: "{sessionId}" };
    const announced = parseProfile({ notice, unidentified: "announced" }, "the test's profile");
    expect(verdictOf(heardByAll("alice"), history, announced).kind).toBe("fail");
    const told = written(...unnamed, hears("bob", "leave", "id-of-alice", 25), ...sentinel(1020, "bob"));
    expect(verdictOf(heardByAll("alice"), told, announced).kind).toBe("pass");
  });

  test("is inconclusive without an observer: subscribed too late, gone itself, or closed", () => {
    const late = written(
      ...arrives("alice", 0),
      ...ends("alice", 20),
      ...arrives("bob", 30),
      ...sentinel(1020, "bob"),
    );
    expect(kindOf(heardByAll("alice"), late)).toBe("inconclusive");
    const closed = written(...bobAndAlice, ...ends("alice", 20), closes("bob", 21), ...sentinel(1020));
    expect(kindOf(heardByAll("alice"), closed)).toBe("inconclusive");
  });

  test("with the policy `last` the first of two ends is due no leave, the second is", () => {
    const both = [
      ...arrives("bob", 0),
      ...arrives("desk", 5, { client: "alice" }),
      ...arrives("phone", 6, { client: "alice" }),
    ];
    const first = written(...both, ...ends("desk", 1020), ...sentinel(2020, "bob"));
    const unannounced = {
      kind: "not-applicable",
      reason:
        "by the declared policy the target does not announce this end, because the person had other sessions",
    };
    expect(verdictOf(heardByAll("desk"), first, lastOnly)).toEqual(unannounced);
    expect(verdictOf(leftInsideWindow("desk"), first, lastOnly)).toEqual(unannounced);
    const second = written(...both, ...ends("desk", 1020), ...ends("phone", 1030), ...sentinel(2030, "bob"));
    expect(verdictOf(heardByAll("desk"), second, lastOnly)).toEqual(unannounced);
    expect(verdictOf(heardByAll("phone"), second, lastOnly).kind).toBe("fail");
    const announced = written(
      ...both,
      ...ends("desk", 1020),
      hears("bob", "leave", "alice", 1022),
      ...sentinel(2020, "bob", "phone"),
    );
    expect(verdictOf(noFalseLeave(), announced, lastOnly).kind).toBe("fail");
    expect(verdictOf(noFalseLeave(), announced, profile).kind).toBe("pass");
  });

  test("with the policy `last` a target need not know a session that identified just before another's end", () => {
    const both = [...arrives("bob", 0), ...arrives("desk", 5, { client: "alice" })];
    const told = written(
      ...both,
      ...arrives("phone", 1010, { client: "alice" }),
      ...ends("desk", 1020),
      hears("bob", "leave", "alice", 1022),
      ...sentinel(2020, "bob", "phone"),
    );
    expect(verdictOf(noFalseLeave(), told, lastOnly).kind).toBe("pass");
    const untold = written(
      ...both,
      ...arrives("phone", 1010, { client: "alice" }),
      ...ends("desk", 1020),
      ...sentinel(2020, "bob", "phone"),
    );
    expect(verdictOf(heardByAll("desk"), untold, lastOnly).kind).toBe("not-applicable");
  });

  test("a leave that was held back until the person's next one counts as late, not as the next one's", () => {
    const both = [
      ...arrives("bob", 0),
      ...arrives("desk", 5, { client: "alice" }),
      ...arrives("phone", 6, { client: "alice" }),
    ];
    const events = written(
      ...both,
      ...ends("desk", 20),
      ...ends("phone", 3000),
      hears("bob", "leave", "alice", 3010),
      hears("bob", "leave", "alice", 3011),
      ...sentinel(4000, "bob"),
    );
    expect(kindOf(leftInsideWindow("phone"), events)).toBe("pass");
    expect(kindOf(leftInsideWindow("desk"), events)).toBe("fail");
  });

  test("with the policy `last` a reload's leave may come or not, and is never taken for the next end's", () => {
    const reloaded = [
      ...arrives("bob", 0),
      ...arrives("alice", 5),
      ...ends("alice", 20),
      ...arrives("alice", 60),
      ...ends("alice", 3000),
    ];
    const judged = (check: Check, ...leavesAtMs: number[]) => {
      const entries = [...reloaded, ...leavesAtMs.map((atMs) => hears("bob", "leave", "alice", atMs))];
      const ordered = entries.map((entry, place) => ({ entry, place }));
      ordered.sort((a, b) => a.entry[0] - b.entry[0] || a.place - b.place);
      const events = written(...ordered.map(({ entry }) => entry), ...sentinel(4000, "bob"));
      return verdictOf(check, events, lastOnly).kind;
    };
    for (const check of [heardByAll("alice"), leftInsideWindow("alice"), noFalseLeave(), noLeaveTwice()]) {
      expect(judged(check, 30, 3010), check.name).toBe("pass");
      expect(judged(check, 3010), check.name).toBe("pass");
    }
    expect(judged(heardByAll("alice"), 30)).toBe("fail");
    expect(judged(noLeaveTwice(), 3010, 3011)).toBe("fail");
  });

  test("where nothing is declared to notice an end, none is asked for", () => {
    const events = written(...bobAndAlice, ...ends("alice", 20, "silently"), ...sentinel(1020, "bob"));
    expect(verdictOf(heardByAll("alice"), events)).toEqual({
      kind: "not-applicable",
      reason: "the profile declares no mechanism that notices such an end",
    });
  });
});
