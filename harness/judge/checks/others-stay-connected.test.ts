import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import {
  arrives,
  bobAndAlice,
  closes,
  ends,
  kindOf,
  lags,
  placeOf,
  sentinel,
  verdictOf,
  waitedOut,
  written,
} from "../../../testing/harness/written.ts";
import { othersStayConnected } from "./others-stay-connected.ts";

const judged = (...entries: (readonly [number, NewEvent])[]) =>
  verdictOf(othersStayConnected(), written(...entries));

test("fails when an actor's connection closed that nobody had begun to end, or only later", () => {
  const start = [...bobAndAlice, ...ends("alice", 20)];
  const failed = {
    kind: "fail",
    expected: "bob stays connected",
    actual: `the target closed bob's connection with code 1002, 21 ms after its identify: gone`,
    evidence: [start.length],
  };
  expect(judged(...start, closes("bob", 21, 1002), ...sentinel(1020))).toEqual(failed);
  expect(judged(...start, closes("bob", 21, 1002), ...ends("bob", 22), ...sentinel(1022))).toEqual(failed);
});

test("is open where the connection closed after the last sentinel had come: the target itself may have died", () => {
  const start = [...bobAndAlice, ...ends("alice", 20), ...sentinel(1020, "bob")];
  expect(judged(...start, closes("bob", 1030)).kind).toBe("inconclusive");
  expect(judged(...start, closes("bob", 1030), ...sentinel(2040)).kind).toBe("fail");
});

test("passes when only those closed whose end was begun, and everything was waited out", () => {
  const closed = [...bobAndAlice, ...ends("bob", 20), closes("bob", 21)];
  const events = written(...closed, waitedOut(1020), waitedOut(2020));
  expect(verdictOf(othersStayConnected(), events)).toEqual({
    kind: "pass",
    evidence: [placeOf(events, "waited-out", "harness")],
  });
  expect(judged(...closed)).toEqual({
    kind: "inconclusive",
    reason: "the case did not wait for the session's end",
  });
});

test("is open where the harness's own lag may have held up the heartbeats of that very session", () => {
  const heldUp = [lags(2000, 300), closes("bob", 2100), ...sentinel(3000)];
  expect(judged(...arrives("bob", 0, { heartbeatMs: 1000 }), ...heldUp)).toEqual({
    kind: "inconclusive",
    reason: "the harness itself was delayed by 300 ms, which may be the cause",
  });
  const without = judged(...arrives("alice", 0, { heartbeatMs: 1000 }), ...arrives("bob", 0), ...heldUp);
  expect(without.kind).toBe("fail");
});

test("a connection that was closed before CONNECTED had promised nothing", () => {
  const opened = arrives("bob", 0).slice(0, 1);
  expect(judged(...opened, lags(10, 300), closes("bob", 10), ...sentinel(1020)).kind).toBe("fail");
});

test("is open where a target would not connect a client, and the scenario ended by that", () => {
  const refused = [...bobAndAlice, ...arrives("dave", 20).slice(0, 1), closes("dave", 21, 1008)];
  const life = arrives("sentinel-1", 22);
  const verdict = judged(...refused, ...life);
  expect(verdict.kind).toBe("inconclusive");
  expect(verdict).toHaveProperty("reason", expect.stringContaining("it had not been connected yet"));
  expect(judged(...refused, ...sentinel(1020)).kind).toBe("fail");
});

test("is open where nothing came of the target any more: it may be gone", () => {
  const verdict = judged(...bobAndAlice, closes("alice", 21), closes("bob", 22));
  expect(verdict).toMatchObject({ kind: "inconclusive" });
  expect(verdict).toHaveProperty("reason", expect.stringContaining("no event shows that the target"));
});

test("a client that gives up by itself was not closed by the target, which may have closed another", () => {
  const reason = "MESSAGE had no NUL after the 3 bytes of its content-length";
  const gaveUp = [20, { kind: "gave-up", actor: "bob", reason }] as const;
  const lost = [...bobAndAlice, gaveUp, closes("bob", 21), ...sentinel(1020)];
  expect(judged(...lost)).toEqual({
    kind: "inconclusive",
    reason: `bob's client could not read a message of the target and closed its connection: ${reason}`,
  });
  expect(judged(...lost, closes("alice", 1021), ...sentinel(2020))).toMatchObject({
    kind: "fail",
    expected: "alice stays connected",
  });
});

test("asks nothing of whoever does what a target may close a connection for", () => {
  const events = written(...bobAndAlice, closes("alice", 21), ...sentinel(1020, "bob"));
  expect(kindOf(othersStayConnected("alice"), events)).toBe("pass");
  expect(kindOf(othersStayConnected("bob"), events)).toBe("fail");
});
