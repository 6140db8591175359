import { describe, expect, test } from "vitest";
import type { Check } from "../check.ts";
import type { HistoryEvent } from "../history.ts";
import { parseProfile } from "../profile.ts";
import { arrives, ends, hears, profile, sentinel, written } from "../testing/written.ts";
import { heardByAll } from "./heard-by-all.ts";
import { joinBeforeLeave } from "./join-before-leave.ts";
import { leftInsideWindow } from "./left-inside-window.ts";
import { noUndueLeave } from "./no-undue-leave.ts";
import { receiptCame } from "./receipt-came.ts";
import { sessionIdReadRight } from "./session-id-read-right.ts";

const kindOf = (check: Check, events: HistoryEvent[], alone = false) =>
  check.judge({ events, profile, alone }).kind;

const all = [
  heardByAll("alice"),
  joinBeforeLeave("alice"),
  leftInsideWindow("alice"),
  noUndueLeave("alice"),
  noUndueLeave(),
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
    noUndueLeave("alice"),
    noUndueLeave("bob"),
    noUndueLeave(),
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
      "inconclusive",
    );
    const second = written(...both, ...ends("desk", 20), ...ends("phone", 30), ...sentinel(1030, "bob"));
    expect(heardByAll("phone").judge({ events: second, profile: last, alone: false }).kind).toBe("fail");
    const announced = written(
      ...both,
      ...ends("desk", 20),
      hears("bob", "leave", "alice", 22),
      ...sentinel(1020, "bob", "phone"),
    );
    expect(noUndueLeave("desk").judge({ events: announced, profile: last, alone: false }).kind).toBe("fail");
    expect(noUndueLeave("desk").judge({ events: announced, profile, alone: false }).kind).toBe("pass");
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
    [3400, "pass"],
    [3401, "fail"],
  ] as const)(
    "a silent client's leave at %i ms: %s (last byte at 400, one to three periods of 1000)",
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
      leftInsideWindow("alice").judge({ events: silent(3401), profile: unknown, alone: false }).kind,
    ).toBe("fail");
  });

  test.each([
    [1020, "pass"],
    [1021, "fail"],
  ] as const)("a visible end's leave at %i ms: %s", (atMs, kind) => {
    const events = written(...bobAndAlice, ...ends("alice", 20), hears("bob", "leave", "alice", atMs));
    expect(kindOf(leftInsideWindow("alice"), events)).toBe(kind);
  });

  test.each([
    ["within the lag", 1100, 150, "pass"],
    ["beyond the lag", 1100, 50, "fail"],
    ["beyond a lag that is itself beyond the margin", 2000, 300, "inconclusive"],
    ["within such a lag", 1100, 300, "inconclusive"],
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
      hears("bob", "leave", "alice", 1100),
      [1600, { kind: "harness-lagged", actor: "harness", lagMs: 400 }],
    );
    expect(kindOf(leftInsideWindow("alice"), events)).toBe("fail");
  });

  test("a leave that never came is for another check: here there is nothing to time", () => {
    expect(kindOf(leftInsideWindow("alice"), written(...bobAndAlice, ...ends("alice", 20)))).toBe(
      "inconclusive",
    );
  });
});

describe("no-undue-leave", () => {
  const left = [...bobAndAlice, ...ends("alice", 20), hears("bob", "leave", "alice", 25)];

  test("fails on a second leave of one end", () => {
    const events = written(...left, hears("bob", "leave", "alice", 26), ...sentinel(1020, "bob"));
    expect(noUndueLeave("alice").judge({ events, profile, alone: false })).toMatchObject({
      kind: "fail",
      actual: "bob heard 2 leaves",
    });
  });

  test("fails on a leave of a live session, also when it ends later", () => {
    const early = written(
      ...bobAndAlice,
      hears("bob", "leave", "alice", 15),
      ...ends("alice", 20),
      ...sentinel(1020, "bob"),
    );
    expect(kindOf(noUndueLeave("alice"), early)).toBe("fail");
    const other = written(
      ...arrives("carol", 0),
      ...left,
      hears("carol", "leave", "bob", 26),
      ...sentinel(1020, "bob", "carol"),
    );
    expect(kindOf(noUndueLeave("bob"), other)).toBe("fail");
    expect(kindOf(noUndueLeave("alice"), other)).toBe("pass");
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
    expect(kindOf(noUndueLeave("bob"), falsely(1000, 300))).toBe("inconclusive");
    expect(kindOf(noUndueLeave("bob"), falsely(1000, 250))).toBe("fail");
    expect(kindOf(noUndueLeave("bob"), falsely(0, 300))).toBe("fail");
  });

  test("is inconclusive when an observer did not hear the sentinel, or nothing was waited out", () => {
    expect(kindOf(noUndueLeave("alice"), written(...left, ...sentinel(1020)))).toBe("inconclusive");
    expect(kindOf(noUndueLeave("alice"), written(...left))).toBe("inconclusive");
  });

  test("a name that an identify replaced is due no leave", () => {
    const renamed = [
      ...bobAndAlice,
      [13, { kind: "identify-sent", actor: "alice", client: "alicia", body: "{}" }] as const,
      ...ends("alice", 20),
    ];
    const events = (name: string) =>
      written(...renamed, hears("bob", "leave", name, 25), ...sentinel(1020, "bob"));
    expect(kindOf(noUndueLeave("alice"), events("alicia"))).toBe("pass");
    expect(kindOf(noUndueLeave("alice"), events("alice"))).toBe("fail");
  });

  test("a name that nobody knows counts against the target only when no other case ran", () => {
    const events = written(
      ...left,
      hears("bob", "leave", "undefined", 26, "nobody"),
      ...sentinel(1020, "bob"),
    );
    expect(kindOf(noUndueLeave(), events)).toBe("inconclusive");
    expect(kindOf(noUndueLeave(), events, true)).toBe("fail");
  });

  test("a leave that names nobody is not held against the target", () => {
    const events = written(...left, hears("bob", "leave", null, 26, "nobody"), ...sentinel(1020, "bob"));
    expect(kindOf(noUndueLeave(), events, true)).toBe("pass");
  });
});

describe("join-before-leave", () => {
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
