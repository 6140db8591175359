import { expect, test } from "vitest";
import type { NewEvent } from "../history.ts";
import {
  arrives,
  bobAndAlice,
  closes,
  ends,
  lags,
  placeOf,
  sentinel,
  verdictOf,
  waitedOut,
  written,
} from "../testing/written.ts";
import { othersStayConnected } from "./others-stay-connected.ts";

const judged = (...entries: (readonly [number, NewEvent])[]) =>
  verdictOf(othersStayConnected(), written(...entries));

test("fails when an actor's connection closed that nobody had begun to end, or only later", () => {
  const start = [...bobAndAlice, ...ends("alice", 20)];
  const failed = {
    kind: "fail",
    expected: "bob stays connected",
    actual: 'its connection was closed at 0.021 s with 1002 "gone"',
    evidence: [start.length],
  };
  expect(judged(...start, closes("bob", 21, 1002), ...sentinel(1020))).toEqual(failed);
  expect(judged(...start, closes("bob", 21, 1002), ...ends("bob", 22), waitedOut(1022))).toEqual(failed);
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
    reason: "the session's end was not waited for",
  });
});

test("is open where the harness's own lag may have held up the heartbeats of that very session", () => {
  const heldUp = [lags(2000, 300), closes("bob", 2100), ...sentinel(3000)];
  expect(judged(...arrives("bob", 0, { heartbeatMs: 1000 }), ...heldUp)).toEqual({
    kind: "inconclusive",
    reason: "the harness itself was late by 300 ms, which may be why",
  });
  const without = judged(...arrives("alice", 0, { heartbeatMs: 1000 }), ...arrives("bob", 0), ...heldUp);
  expect(without.kind).toBe("fail");
});

test("a connection that was closed before CONNECTED had promised nothing", () => {
  const opened = arrives("bob", 0).slice(0, 1);
  expect(judged(...opened, lags(10, 300), closes("bob", 10)).kind).toBe("fail");
});
