import { describe, expect, test } from "vitest";
import type { Check } from "../check.ts";
import { parseProfile } from "../profile.ts";
import { arrives, bobAndAlice, ends, hears, kindOf, profile, sentinel, written } from "../testing/written.ts";
import { heardByAll } from "./heard-by-all.ts";
import { leftInsideWindow } from "./left-inside-window.ts";
import { noFalseLeave, noLeaveTwice } from "./no-undue-leave.ts";

describe("heard-by-all", () => {
  test("fails when a listening observer heard nothing, and says who and what", () => {
    const events = written(...bobAndAlice, ...ends("alice", 20), ...sentinel(1020, "bob"));
    expect(heardByAll("alice").judge({ events, profile, alone: false })).toMatchObject({
      kind: "fail",
      expected: expect.stringContaining("bob hears that alice has left") as string,
      actual: expect.stringContaining("bob heard nothing") as string,
    });
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
    expect(
      kindOf(heardByAll("alice"), written(...bobAndAlice, ...ends("alice", 20), ...sentinel(1020))),
    ).toBe("inconclusive");
    expect(kindOf(heardByAll("alice"), written(...bobAndAlice, ...ends("alice", 20)))).toBe("inconclusive");
  });

  test("is inconclusive without an observer: subscribed too late, gone itself, or closed", () => {
    const late = written(
      ...arrives("alice", 0),
      ...ends("alice", 20),
      ...arrives("bob", 30),
      ...sentinel(1020, "bob"),
    );
    expect(kindOf(heardByAll("alice"), late)).toBe("inconclusive");
    const closed = written(
      ...bobAndAlice,
      ...ends("alice", 20),
      [21, { kind: "closed", actor: "bob", code: 1006, reason: "" }],
      ...sentinel(1020),
    );
    expect(kindOf(heardByAll("alice"), closed)).toBe("inconclusive");
  });

  test("with the policy `last` the first of two ends is due no leave, the second is", () => {
    const last = parseProfile({ sessions: "last" }, "test");
    const both = [
      ...arrives("bob", 0),
      ...arrives("desk", 5, { client: "alice" }),
      ...arrives("phone", 6, { client: "alice" }),
    ];
    const first = written(...both, ...ends("desk", 20), ...sentinel(1020, "bob"));
    expect(heardByAll("desk").judge({ events: first, profile: last, alone: false }).kind).toBe(
      "not-applicable",
    );
    const second = written(...both, ...ends("desk", 20), ...ends("phone", 30), ...sentinel(1030, "bob"));
    expect(heardByAll("phone").judge({ events: second, profile: last, alone: false }).kind).toBe("fail");
    const announced = written(
      ...both,
      ...ends("desk", 20),
      hears("bob", "leave", "alice", 22),
      ...sentinel(1020, "bob", "phone"),
    );
    expect(noFalseLeave().judge({ events: announced, profile: last, alone: false }).kind).toBe("fail");
    expect(noFalseLeave().judge({ events: announced, profile, alone: false }).kind).toBe("pass");
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
    const last = parseProfile({ sessions: "last" }, "test");
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
      return check.judge({ events, profile: last, alone: false }).kind;
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
    expect(kindOf(heardByAll("alice"), events)).toBe("not-applicable");
  });
});
