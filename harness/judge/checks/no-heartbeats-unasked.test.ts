import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { arrives, verdictOf, waitedOut, written } from "../../../testing/harness/written.ts";
import { noHeartbeatsUnasked } from "./no-heartbeats-unasked.ts";

const start = arrives("alice", 0, { client: null });
const heard = (atMs: number, bytes: number): [number, NewEvent] => [
  atMs,
  { kind: "heard", actor: "alice", bytes },
];
const judged = (...after: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(noHeartbeatsUnasked("alice"), written(...start, ...after));

test("fails when an end of line comes by itself", () => {
  expect(judged(heard(1000, 1), waitedOut(4000), heard(4100, 40))).toEqual({
    kind: "fail",
    expected: "no heartbeats for alice, which wants none",
    actual: "an end of line, 1.000 s after the bytes before it",
    evidence: [1, start.length],
  });
  expect(judged(heard(3000, 40), heard(3500, 2)).kind).toBe("fail");
});

test("passes when only frames come, with or without an end of line behind them", () => {
  expect(
    judged(heard(10, 1), heard(1000, 40), heard(1001, 1), waitedOut(4000), heard(4100, 40)),
  ).toMatchObject({
    kind: "pass",
    evidence: [1, start.length + 3, start.length + 4],
  });
});

test("concludes nothing of a short time, nor where nothing shows that it still heard", () => {
  expect(judged(waitedOut(1999), heard(4100, 40)).kind).toBe("inconclusive");
  expect(judged(waitedOut(4000)).kind).toBe("inconclusive");
  expect(judged(heard(4100, 40)).kind).toBe("inconclusive");
  expect(verdictOf(noHeartbeatsUnasked("alice"), written(waitedOut(4000))).kind).toBe("inconclusive");
});

test("does not apply to whoever wants some", () => {
  const wanting = arrives("alice", 0, { client: null, heartbeatMs: 1000 });
  const events = written(...wanting, heard(1000, 1), waitedOut(4000));
  expect(verdictOf(noHeartbeatsUnasked("alice"), events).kind).toBe("not-applicable");
});
