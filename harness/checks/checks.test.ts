import { describe, expect, test } from "vitest";
import type { Check } from "../check.ts";
import type { HistoryEvent } from "../history.ts";
import { parseProfile } from "../profile.ts";
import { arrives, ends, hears, profile, sentinel, written } from "../testing/written.ts";
import { heardByAll } from "./heard-by-all.ts";
import { joinBeforeLeave } from "./join-before-leave.ts";
import { leftInsideWindow } from "./left-inside-window.ts";
import { noFalseLeave, noLeaveTwice } from "./no-undue-leave.ts";
import { othersStayConnected } from "./others-stay-connected.ts";
import { receiptCame } from "./receipt-came.ts";
import { sessionIdReadRight } from "./session-id-read-right.ts";

const kindOf = (check: Check, events: HistoryEvent[], alone = false) =>
  check.judge({ events, profile, alone }).kind;

const all = [
  heardByAll("alice"),
  joinBeforeLeave("alice"),
  leftInsideWindow("alice"),
  noFalseLeave(),
  noLeaveTwice(),
  othersStayConnected(),
  receiptCame("alice"),
  sessionIdReadRight("alice"),
];

test.each(all.map((check) => [check.name, check] as const))(
  "%s concludes nothing from nothing",
  (_name, check) => {
    expect(kindOf(check, [])).toBe("inconclusive");
  },
);

const bobAndAlice = [...arrives("bob", 0), ...arrives("alice", 10), hears("bob", "join", "alice", 12)];

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

describe("left-inside-window", () => {
  const silent = (leaveAtMs: number) =>
    written(
      ...arrives("bob", 0),
      ...arrives("alice", 10, { heartbeatMs: 1000 }),
      ...ends("alice", 500, "silently"),
      [500, { kind: "last-byte-forwarded", actor: "alice", forwardedAtMs: 400 }],
      hears("bob", "leave", "alice", leaveAtMs),
    );

  test.each([
    [1399, "fail"],
    [1400, "pass"],
    [3500, "pass"],
    [3501, "fail"],
  ] as const)(
    "a silent client's leave at %i ms: %s (last byte at 400, one to three periods of 1000, 100 of allowance)",
    (atMs, kind) => {
      expect(kindOf(leftInsideWindow("alice"), silent(atMs))).toBe(kind);
    },
  );

  test("an unknown mechanism leaves the window open to the left", () => {
    const unknown = parseProfile({}, "test");
    expect(
      leftInsideWindow("alice").judge({ events: silent(600), profile: unknown, alone: false }).kind,
    ).toBe("pass");
    expect(
      leftInsideWindow("alice").judge({ events: silent(3501), profile: unknown, alone: false }).kind,
    ).toBe("fail");
  });

  test.each([
    [1120, "pass"],
    [1121, "fail"],
  ] as const)("a visible end's leave at %i ms: %s", (atMs, kind) => {
    const events = written(...bobAndAlice, ...ends("alice", 20), hears("bob", "leave", "alice", atMs));
    expect(kindOf(leftInsideWindow("alice"), events)).toBe(kind);
  });

  test.each([
    ["within the lag", 1250, 150, "pass"],
    ["beyond the lag", 1280, 150, "fail"],
    ["beyond even a long lag", 2000, 300, "fail"],
    ["within a lag that is beyond the margin", 1300, 300, "inconclusive"],
  ] as const)("a leave that is late, %s: at %i ms with a lag of %i ms: %s", (_name, atMs, lagMs, kind) => {
    const events = written(
      ...bobAndAlice,
      ...ends("alice", 20),
      [atMs, { kind: "harness-lagged", actor: "harness", lagMs }],
      hears("bob", "leave", "alice", atMs),
    );
    expect(kindOf(leftInsideWindow("alice"), events)).toBe(kind);
  });

  test("a lag before the end, or after the leave, excuses nothing", () => {
    const events = written(
      ...bobAndAlice,
      [15, { kind: "harness-lagged", actor: "harness", lagMs: 400 }],
      ...ends("alice", 20),
      hears("bob", "leave", "alice", 1200),
      [1700, { kind: "harness-lagged", actor: "harness", lagMs: 400 }],
    );
    expect(kindOf(leftInsideWindow("alice"), events)).toBe("fail");
  });

  test("a leave that never came is for another check: here there is nothing to time", () => {
    expect(kindOf(leftInsideWindow("alice"), written(...bobAndAlice, ...ends("alice", 20)))).toBe(
      "inconclusive",
    );
  });
});

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
        [2000, { kind: "harness-lagged", actor: "harness", lagMs }],
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
      [2000, { kind: "harness-lagged", actor: "harness", lagMs: 300 }],
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
    const joinless = { ...profile, notice: { leave: profile.notice.leave } };
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
