import { describe, expect, test } from "vitest";
import type { Ends } from "../events/fault-events.ts";
import type { HistoryEvent, NewEvent } from "../events/events.ts";
import { personOf, sessionsOf, type Session } from "./sessions.ts";
import { isSentinel, sentinelName } from "./sentinels.ts";
import { observersOf } from "./observers.ts";
import { quietFromMs } from "./quiet.ts";
import { windowOf } from "./windows.ts";
import { parseProfile } from "../../profile/profile.ts";
import { arrives, closes, ends, profile, waitedOut, written } from "../../../testing/harness/written.ts";

type Entry = readonly [number, NewEvent];

function firstOf(events: readonly HistoryEvent[]): Session {
  const [session] = sessionsOf(events);
  if (session === undefined) throw new Error("the test's history has no session");
  return session;
}
const injected = (actor: string, atMs: number, how: Ends, fault = "fin"): Entry => [
  atMs,
  { kind: "fault-injected", actor, fault, ends: how },
];
const witnessed = (actor: string, effectAtMs: number, fault = "fin"): Entry => [
  effectAtMs,
  { kind: "fault-witnessed", actor, fault, witness: "seen", effectAtMs },
];
const identifies = (actor: string, atMs: number, client: string): Entry => [
  atMs,
  { kind: "identify-sent", actor, client, body: "{}" },
];
const lastByte = (actor: string, forwardedAtMs: number): Entry => [
  forwardedAtMs,
  { kind: "last-byte-forwarded", actor, forwardedAtMs },
];

describe("sessions", () => {
  test("each opening of an actor begins one, and what follows is that one's alone", () => {
    const events = written(
      ...arrives("alice", 0, { client: "first" }),
      ...ends("alice", 10),
      closes("alice", 11),
      ...arrives("bob", 12),
      ...arrives("alice", 20, { client: "second" }),
    );
    const sessions = sessionsOf(events);
    expect(sessions.map((session) => [session.actor, personOf(session)])).toEqual([
      ["alice", "first"],
      ["bob", "bob"],
      ["alice", "second"],
    ]);
    expect(sessions.map(({ end, closed }) => [end?.atMs, closed?.atMs])).toEqual([
      [10, 11],
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(sessions[0]?.identified).toHaveLength(1);
  });

  test("the witness is the same actor's, of the fault that ended it, and may come when the next has begun", () => {
    const events = written(
      ...arrives("bob", 0),
      ...arrives("alice", 0),
      injected("alice", 5, "not", "fin"),
      witnessed("alice", 6, "fin"),
      injected("alice", 10, "visibly"),
      witnessed("bob", 11),
      witnessed("alice", 12, "rst"),
      ...arrives("alice", 13),
      witnessed("alice", 14),
    );
    expect(sessionsOf(events)[1]?.witness?.atMs).toBe(14);
    expect(firstOf(events).witness).toBeUndefined();
  });

  test("a disturbance is no end", () => {
    const disturbed = [...arrives("alice", 0), injected("alice", 5, "not", "delay")];
    expect(firstOf(written(...disturbed)).end).toBeUndefined();
    expect(firstOf(written(...disturbed, injected("alice", 7, "silently"))).end?.fault).toBe("fin");
  });

  test("a person is the last identify before the end, none without one", () => {
    const renamed = [...arrives("alice", 0), identifies("alice", 1, "alicia")];
    expect(personOf(firstOf(written(...renamed)))).toBe("alicia");
    expect(
      personOf(firstOf(written(...renamed, ...ends("alice", 2), identifies("alice", 3, "too late")))),
    ).toBe("alicia");
    expect(personOf(firstOf(written(...arrives("alice", 0, { client: null }))))).toBeUndefined();
  });
});

describe("the window", () => {
  const windowOfFirst = (...entries: Entry[]) => windowOf(firstOf(written(...entries)), profile);

  test("a living session has none", () => {
    expect(windowOfFirst(...arrives("alice", 0, { heartbeatMs: 1000 }))).toBeUndefined();
  });

  test.each([
    ["websocket", 1000],
    ["native", 1000],
    ["xhr-streaming", 6500],
    ["eventsource", 6500],
  ])(
    "of a visible end over %s opens at once, and closes %i ms from when it reached the target",
    (transport, deadlineMs) => {
      const arrived = arrives("alice", 0, { transport });
      const end = injected("alice", 20, "visibly");
      expect(windowOfFirst(...arrived, end)).toEqual({ earliestMs: 20, latestMs: 20 + deadlineMs });
      expect(windowOfFirst(...arrived, end, witnessed("alice", 50))).toEqual({
        earliestMs: 20,
        latestMs: 50 + deadlineMs,
      });
    },
  );

  test("of silence runs from one to three heartbeat periods after the last byte, if there are heartbeats", () => {
    const silence = injected("alice", 500, "silently");
    const beating = arrives("alice", 0, { heartbeatMs: 1000 });
    expect(windowOfFirst(...beating, silence)).toEqual({ earliestMs: 1500, latestMs: 3500 });
    expect(windowOfFirst(...beating, silence, lastByte("alice", 600))).toEqual({
      earliestMs: 1600,
      latestMs: 3600,
    });
    expect(windowOfFirst(...arrives("alice", 0), silence)).toBeUndefined();
    const opened = arrives("alice", 0).slice(0, 1);
    expect(windowOfFirst(...opened, silence)).toBeUndefined();
  });

  test("of silence opens with whatever declared mechanism is soonest, and is open where one may be unknown", () => {
    const silent = firstOf(
      written(...arrives("alice", 0, { heartbeatMs: 1000 }), injected("alice", 500, "silently")),
    );
    const sooner = parseProfile({ otherSilenceMs: 300 }, "a test");
    expect(windowOf(silent, sooner)).toEqual({ earliestMs: 800, latestMs: 3500 });
    expect(windowOf(silent, parseProfile({}, "a test"))).toEqual({ earliestMs: null, latestMs: 3500 });
  });
});

describe("nothing more can come of what was done", () => {
  const quietFrom = (...entries: Entry[]) => quietFromMs(written(...entries), profile);
  const alice = arrives("alice", 0);
  const healed = (actor: string, atMs: number): Entry => [
    atMs,
    { kind: "fault-healed", actor, fault: "delay" },
  ];

  test("at any time, where nothing was; a sentinel's own end is nothing", () => {
    expect(quietFrom()).toBe(0);
    expect(quietFrom(...arrives("alice", 100, { heartbeatMs: 1000 }))).toBe(0);
    expect(quietFrom(...arrives(sentinelName(1), 100), ...ends(sentinelName(1), 100))).toBe(0);
  });

  test("after the deadline of an end, which counts from when it reached the target", () => {
    const end = injected("alice", 20, "visibly");
    expect(quietFrom(...alice, end)).toBe(1020);
    expect(quietFrom(...alice, end, witnessed("alice", 50))).toBe(1050);
    expect(quietFrom(...alice, end, witnessed("bob", 50))).toBe(1020);
    expect(quietFrom(...alice.slice(0, 1), end)).toBe(1020);
    expect(quietFrom(...arrives("alice", 0, { transport: "xhr-polling" }), end)).toBe(6520);
  });

  test("after the longest deadline, where there was no session yet; a target without SockJS has none for HTTP", () => {
    const end = injected("alice", 20, "visibly");
    const native = parseProfile({ transport: "native" }, "the test's profile");
    expect(quietFrom(end)).toBe(6520);
    expect(quietFromMs(written(end), native)).toBe(1020);
  });

  test("after the time of a heartbeat timer that nobody stopped, if that is later", () => {
    const end = injected("alice", 20, "visibly");
    expect(quietFrom(...arrives("alice", 0, { heartbeatMs: 1000 }), end)).toBe(3020);
    expect(quietFrom(...arrives("alice", 0, { heartbeatMs: 100 }), end)).toBe(1020);
  });

  test("after a disturbance as after an end: from when it was healed, or was seen to be over", () => {
    const disturbed = [...alice, injected("alice", 20, "not", "delay")];
    expect(quietFrom(...disturbed)).toBe(1020);
    expect(quietFrom(...disturbed, witnessed("alice", 60, "delay"))).toBe(1060);
    expect(quietFrom(...disturbed, witnessed("alice", 60, "delay"), healed("alice", 500))).toBe(1500);
    expect(quietFrom(...disturbed, healed("bob", 500))).toBe(1020);
    const beating = arrives("alice", 0, { heartbeatMs: 1000 });
    const lasting = injected("alice", 20, "not", "delay");
    expect(quietFrom(...beating, lasting, healed("alice", 500))).toBe(3500);
  });

  test("after the latest of several, each with its own witness and its own session's deadline", () => {
    const slow = arrives("bob", 0, { transport: "xhr-streaming" });
    expect(quietFrom(...slow, ...alice, ...ends("bob", 10), ...ends("alice", 700))).toBe(6510);
    const reloaded = [...slow, ...ends("bob", 10), ...arrives("bob", 8000)];
    expect(quietFrom(...reloaded, ...ends("bob", 8010))).toBe(9010);
    const twice = [injected("alice", 20, "not", "delay"), injected("alice", 70, "visibly")];
    expect(quietFrom(...alice, ...twice)).toBe(1070);
    const lasting = [...twice, witnessed("alice", 90)];
    expect(quietFrom(...alice, ...lasting)).toBe(1090);
  });

  test("by what was seen of each fault itself, not of one before or after, nor of another actor's", () => {
    const delays = (actor: string, atMs: number) => injected(actor, atMs, "not", "delay");
    const first = [...alice, delays("alice", 20), healed("alice", 30)];
    expect(quietFrom(...first, delays("alice", 40), healed("alice", 500))).toBe(1500);
    const both = [...alice, ...arrives("bob", 0), delays("alice", 20), delays("bob", 25)];
    expect(quietFrom(...both, healed("alice", 500))).toBe(1500);
    const witness = { kind: "fault-witnessed", actor: "alice", fault: "fin", witness: "seen" } as const;
    const notedLate: Entry = [5000, { ...witness, effectAtMs: 90 }];
    const end = injected("alice", 70, "visibly");
    expect(quietFrom(...alice, delays("alice", 20), end, notedLate)).toBe(1090);
    expect(quietFrom(...arrives("alice", 0, { heartbeatMs: 1000 }), end, notedLate)).toBe(3070);
  });

  test("after the longest deadline, where there was no session yet that would have one", () => {
    expect(quietFrom(injected("alice", 20, "visibly"))).toBe(6520);
    expect(quietFrom(injected("alice", 20, "visibly"), ...arrives("alice", 30))).toBe(6520);
  });
});

describe("those who must hear of an end", () => {
  const alice = arrives("alice", 0);
  const aliceEnds = ends("alice", 20);
  const bob = arrives("bob", 0);
  const observers = (...entries: Entry[]) => {
    const events = written(...entries);
    const left = sessionsOf(events).find(({ actor }) => actor === "alice");
    return left === undefined ? [] : observersOf(left, events).map(({ actor }) => actor);
  };

  test("subscribed before it", () => {
    expect(observers(...bob, ...alice, ...aliceEnds, ...arrives("carol", 21))).toEqual(["bob"]);
    const unsubscribed = bob.filter(([, { kind }]) => kind !== "subscribed");
    expect(observers(...unsubscribed, ...alice, ...aliceEnds)).toEqual([]);
  });

  test.each([
    ["ended by the harness", ends("bob", 30)],
    ["closed", [closes("bob", 30)]],
    ["unsubscribed", [[30, { kind: "unsubscribed", actor: "bob" }] as Entry]],
  ])("stay until everything was waited out, and may be %s then", (_how, gone) => {
    const start = [waitedOut(5), ...bob, ...alice, ...aliceEnds];
    expect(observers(...start, waitedOut(1020), ...gone)).toEqual(["bob"]);
    expect(observers(...start, ...gone, waitedOut(1020))).toEqual([]);
    expect(observers(...start, ...gone)).toEqual([]);
  });

  test("are other actors, and no sentinels", () => {
    const before = [...arrives("alice", 0), ...arrives(sentinelName(7), 0), ...bob];
    expect(observers(...before, ...aliceEnds, ...arrives("alice", 30))).toEqual(["bob"]);
    const again = [...arrives("alice", 0), ...ends("alice", 1), ...arrives("alice", 2)];
    const events = written(...bob, ...again, ...ends("alice", 20));
    const second = sessionsOf(events)[2];
    expect(second && observersOf(second, events).map(({ actor }) => actor)).toEqual(["bob"]);
  });

  test("of a session that lives: whoever is there to the end", () => {
    expect(observers(...bob, ...alice, ...arrives("carol", 21), ...ends("carol", 22))).toEqual(["bob"]);
  });
});

test("sentinels are known by their names, which differ", () => {
  expect(isSentinel(sentinelName(1))).toBe(true);
  expect(isSentinel("alice")).toBe(false);
  expect(sentinelName(1)).not.toBe(sentinelName(2));
});

describe("what a profile declares beyond that", () => {
  const declared = parseProfile(
    {
      sessions: "last",
      graceMs: 400,
      otherSilenceMs: 10_000,
      deadlines: { endedMs: 300, causes: { fin: 50, blackhole: 7_000 } },
    },
    "the test's profile",
  );
  const windowBy = (...entries: Entry[]) => windowOf(firstOf(written(...entries)), declared);
  const arrived = arrives("alice", 0, { heartbeatMs: 1_000 });

  test("a grace moves both sides of a window, and a cause may have a deadline of its own", () => {
    expect(windowBy(...arrived, injected("alice", 20, "visibly", "rst"))).toEqual({
      earliestMs: 420,
      latestMs: 720,
    });
    expect(windowBy(...arrived, injected("alice", 20, "visibly", "fin"))).toEqual({
      earliestMs: 420,
      latestMs: 470,
    });
  });

  test("also where it is silent", () => {
    const silent = (fault: string) =>
      windowBy(...arrived, injected("alice", 20, "silently", fault), lastByte("alice", 10));
    expect(silent("stop")).toEqual({ earliestMs: 1_410, latestMs: 3_410 });
    expect(silent("blackhole")).toEqual({ earliestMs: 1_410, latestMs: 7_410 });
  });

  test("nothing is quiet before the grace is over", () => {
    const events = written(...arrived, injected("alice", 20, "visibly", "rst"));
    // What it promised in heartbeats takes longer than its visible end.
    expect(quietFromMs(events, declared)).toBe(20 + 3_000 + 400);
  });
});
