import { describe, expect, test } from "vitest";
import type { NewEvent } from "../history.ts";
import { arrives, bobAndAlice, ends, hears, kindOf, profile, sentinel, written } from "../testing/written.ts";
import { heardByAll } from "./heard-by-all.ts";
import { joinBeforeLeave } from "./join-before-leave.ts";
import { leftInsideWindow } from "./left-inside-window.ts";
import { noFalseLeave, noLeaveTwice } from "./no-undue-leave.ts";
import { othersStayConnected } from "./others-stay-connected.ts";
import { receiptCame } from "./receipt-came.ts";
import { sessionIdReadRight } from "./session-id-read-right.ts";
import { toldOfStop } from "./told-of-stop.ts";

const all = [
  heardByAll("alice"),
  joinBeforeLeave("alice"),
  leftInsideWindow("alice"),
  noFalseLeave(),
  noLeaveTwice(),
  othersStayConnected(),
  receiptCame("alice"),
  sessionIdReadRight("alice"),
  toldOfStop("alice"),
];

test.each(all.map((check) => [check.name, check] as const))(
  "%s concludes nothing from nothing",
  (_name, check) => {
    expect(kindOf(check, [])).toBe("inconclusive");
  },
);

test("a leave that everybody heard, once and in time, passes every check, with evidence", () => {
  const events = written(
    ...arrives("carol", 0),
    ...bobAndAlice,
    hears("carol", "join", "alice", 12),
    ...ends("alice", 20),
    hears("bob", "leave", "alice", 25),
    hears("carol", "leave", "alice", 25),
    ...sentinel(1020, "bob", "carol"),
  );
  const joined = [
    heardByAll("alice"),
    leftInsideWindow("alice"),
    noFalseLeave(),
    noLeaveTwice(),
    othersStayConnected(),
  ];
  for (const check of [...joined, joinBeforeLeave("alice")]) {
    const verdict = check.judge({ events, profile, alone: false });
    expect(verdict, check.name).toMatchObject({ kind: "pass" });
    expect(verdict.kind === "pass" && verdict.evidence.length, check.name).toBeGreaterThan(0);
  }
});

describe("told-of-stop", () => {
  const stopped = [20, { kind: "target-stopped", actor: "harness" }] as const;
  const closed = (actor: string, code: number | null, atMs = 25) =>
    [atMs, { kind: "closed", actor, code, reason: "" }] as const;

  test("passes where the connection is closed as that of a server which goes down, and not otherwise", () => {
    const judged = (code: number | null) =>
      toldOfStop("alice").judge({
        events: written(...bobAndAlice, stopped, closed("bob", 1001), closed("alice", code)),
        profile,
        alone: true,
      });
    const at = bobAndAlice.length;
    expect(judged(1001)).toEqual({ kind: "pass", evidence: [at, at + 2] });
    expect(judged(1000)).toMatchObject({
      kind: "fail",
      actual: "it ended with 1000",
      evidence: [at, at + 2],
    });
    expect(judged(null)).toMatchObject({ kind: "fail", actual: "it ended with no code" });
  });

  test("is undecided where nothing was stopped, nothing closed, or it closed before", () => {
    const kind = (...entries: (readonly [number, NewEvent])[]) =>
      kindOf(toldOfStop("alice"), written(...bobAndAlice, ...entries));
    expect(kind(closed("alice", 1001))).toBe("inconclusive");
    expect(kind(stopped, closed("bob", 1001))).toBe("inconclusive");
    expect(kind(closed("alice", 1001, 15), stopped)).toBe("inconclusive");
  });
});

describe("others-stay-connected", () => {
  const closedAt = (atMs: number) =>
    [atMs, { kind: "closed", actor: "bob", code: 1002, reason: "x" }] as const;

  test("fails when an actor's connection closed that nobody had begun to end", () => {
    const events = written(...bobAndAlice, ...ends("alice", 20), closedAt(21), ...sentinel(1020));
    expect(othersStayConnected().judge({ events, profile, alone: false })).toMatchObject({
      kind: "fail",
      expected: "bob stays connected",
    });
  });

  test("passes when only those closed whose end was begun", () => {
    const events = written(...bobAndAlice, ...ends("bob", 20), closedAt(21), ...sentinel(1020));
    expect(kindOf(othersStayConnected(), events)).toBe("pass");
  });

  test("is inconclusive where the harness's own lag may have held up the heartbeats", () => {
    const events = written(
      ...arrives("bob", 0, { heartbeatMs: 1000 }),
      [2000, { kind: "harness-lagged", actor: "harness", source: "event-loop", lagMs: 300 }],
      closedAt(2100),
      ...sentinel(3000),
    );
    expect(kindOf(othersStayConnected(), events)).toBe("inconclusive");
  });
});

describe("join-before-leave", () => {
  test("asks nothing of an observer who came after the identify", () => {
    const events = written(
      ...arrives("alice", 0),
      ...arrives("bob", 10),
      ...ends("alice", 20),
      hears("bob", "leave", "alice", 21),
    );
    expect(kindOf(joinBeforeLeave("alice"), events)).toBe("inconclusive");
  });

  test("fails when the leave came first, or no join at all", () => {
    const start = [...arrives("bob", 0), ...arrives("alice", 10), ...ends("alice", 20)];
    const swapped = written(...start, hears("bob", "leave", "alice", 21), hears("bob", "join", "alice", 22));
    expect(kindOf(joinBeforeLeave("alice"), swapped)).toBe("fail");
    expect(kindOf(joinBeforeLeave("alice"), written(...start, hears("bob", "leave", "alice", 21)))).toBe(
      "fail",
    );
  });

  test("does not apply where the profile knows no join", () => {
    const joinless = { ...profile, notice: { ...profile.notice, join: undefined } };
    expect(joinBeforeLeave("alice").judge({ events: [], profile: joinless, alone: false }).kind).toBe(
      "not-applicable",
    );
  });
});

test("receipt-came fails without the RECEIPT, passes with it", () => {
  const sent = [
    ...arrives("alice", 0),
    [5, { kind: "disconnect-sent", actor: "alice", receipt: true }] as const,
  ];
  expect(kindOf(receiptCame("alice"), written(...sent))).toBe("fail");
  expect(
    kindOf(receiptCame("alice"), written(...sent, [6, { kind: "receipt", actor: "bob", of: "disconnect" }])),
  ).toBe("fail");
  expect(
    kindOf(
      receiptCame("alice"),
      written(...sent, [6, { kind: "receipt", actor: "alice", of: "disconnect" }]),
    ),
  ).toBe("pass");
});

test("session-id-read-right compares what the page read with what its browser requested", () => {
  const read = (read: string | null, requested: string | null) =>
    written([1, { kind: "session-id-read", actor: "alice", read, requested }]);
  expect(kindOf(sessionIdReadRight("alice"), read("abc", "abc"))).toBe("pass");
  expect(kindOf(sessionIdReadRight("alice"), read("039", "abc"))).toBe("fail");
  expect(kindOf(sessionIdReadRight("alice"), read(null, "abc"))).toBe("fail");
  expect(kindOf(sessionIdReadRight("alice"), read("abc", null))).toBe("inconclusive");
});
