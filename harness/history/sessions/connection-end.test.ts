import { describe, expect, test } from "vitest";
import { describeClose, describeCloseCode, closedAfterOwnStep, lossOf } from "./connection-end.ts";
import type { NewEvent } from "../events/events.ts";
import { sessionsOf } from "./sessions.ts";
import { arrives, closes, ends, written } from "../../../testing/harness/written.ts";

type Entry = readonly [number, NewEvent];

const alice = arrives("alice", 0);
const gaveUp = (atMs: number, reason?: string): Entry => [atMs, { kind: "gave-up", actor: "alice", reason }];
const subscribes = (atMs: number): Entry => [
  atMs,
  { kind: "subscribe-sent", actor: "alice", destination: "/topic/" },
];
const forestalled = (atMs: number): Entry => [
  atMs,
  { kind: "fault-forestalled", actor: "alice", fault: "fin" },
];
const stopped: Entry = [10, { kind: "target-stopped", actor: "harness" }];

/** Of alice's session: who closed it. */
const closedBy = (...entries: Entry[]) => sessionsOf(written(...alice, ...entries))[0]?.closedBy;

describe("a connection is closed", () => {
  test("by the harness, where a fault of its own ends it, or it stops the target", () => {
    expect(closedBy(...ends("alice", 10), closes("alice", 11, 1000))).toBe("harness");
    expect(closedBy(stopped, closes("alice", 11, 1001))).toBe("harness");
  });

  test("by its client, where that gave up before", () => {
    expect(closedBy(gaveUp(10), closes("alice", 11))).toBe("client");
    expect(closedBy(gaveUp(10, "no NUL"), closes("alice", 11))).toBe("client");
  });

  test("by the target otherwise: also before a fault, in spite of a disturbance, or where a fault found it gone", () => {
    expect(closedBy(closes("alice", 11))).toBe("target");
    expect(closedBy(closes("alice", 11), ...ends("alice", 12))).toBe("target");
    expect(closedBy(...ends("alice", 10, "not"), closes("alice", 11))).toBe("target");
    const [fault] = ends("alice", 10);
    expect(closedBy(...(fault === undefined ? [] : [fault]), closes("alice", 11), forestalled(12))).toBe(
      "target",
    );
  });

  test("by the target, where its end came to the proxy before a fault, and the client saw it only after that", () => {
    const received = (atMs: number): Entry => [atMs, { kind: "end-received", actor: "alice" }];
    expect(closedBy(received(9), ...ends("alice", 10), closes("alice", 15))).toBe("target");
    expect(closedBy(...ends("alice", 10), received(11), closes("alice", 15))).toBe("harness");
    const session = (...entries: Entry[]) => sessionsOf(written(...alice, ...entries)).at(-1);
    expect(session(received(9), ...ends("alice", 10), closes("alice", 15))?.end).toBeUndefined();
    expect(session(received(9), ...ends("alice", 10))?.end).toBeDefined();
    // Of an earlier connection it says nothing.
    const again = [received(9), closes("alice", 9), ...arrives("alice", 10)] as const;
    expect(session(...again, ...ends("alice", 20), closes("alice", 21))?.closedBy).toBe("harness");
  });

  test("by nobody while it is open", () => {
    expect(closedBy()).toBeUndefined();
  });
});

test("the words say who closed it, with which code, and after which of its own steps", () => {
  const words = (...entries: Entry[]) => {
    const events = written(...alice.slice(0, 2), ...entries);
    const [session] = sessionsOf(events);
    return session && describeClose(session, events);
  };
  expect(words()).toBeUndefined();
  expect(words(subscribes(100), closes("alice", 106, 1011))).toBe(
    `the target closed alice's connection with code 1011, 6 ms after its SUBSCRIBE: gone`,
  );
  expect(words(closes("alice", 1_500))).toBe(
    `the target closed alice's connection without a close frame (1006), at 1.500 s: gone`,
  );
  expect(words(gaveUp(20, "a frame without NUL"), closes("alice", 21))).toBe(
    "alice's client could not read a message of the target and closed its connection, 21 ms after CONNECTED: a frame without NUL",
  );
  expect(words(gaveUp(20), closes("alice", 21))).toContain("missed the target's heartbeats");
  expect(words(...ends("alice", 20), closes("alice", 21))).toContain("the harness ended");
  expect(describeCloseCode({ code: 404, reason: "" })).toBe("with HTTP status 404");
});

test("a client is lost only where the harness did not end it, and in the session that it has now", () => {
  const lost = written(...alice, closes("alice", 10));
  expect(lossOf("alice", lost)).toContain("the target closed");
  expect(lossOf("alice", lost, lost.length)).toBeUndefined();
  expect(lossOf("bob", lost)).toBeUndefined();
  expect(lossOf("alice", written(...alice, ...ends("alice", 9), closes("alice", 10)))).toBeUndefined();
});

test("an end is the answer to a client's own step where it comes at once, and nobody else did anything between", () => {
  const atOwnStep = (...entries: Entry[]) => {
    const events = written(...alice, ...entries);
    return sessionsOf(events).some((s) => s.actor === "alice" && closedAfterOwnStep(s, events));
  };
  expect(atOwnStep(closes("alice", 10))).toBe(true);
  expect(atOwnStep(closes("alice", 500))).toBe(false);
  expect(atOwnStep(...arrives("bob", 5).slice(0, 2), closes("alice", 10))).toBe(true);
  expect(atOwnStep(...arrives("bob", 5), closes("alice", 10))).toBe(false);
  expect(atOwnStep(...ends("bob", 5), closes("alice", 10))).toBe(false);
  expect(atOwnStep()).toBe(false);
});
