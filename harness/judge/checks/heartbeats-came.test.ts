import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { arrives, closes, lags, verdictOf, waitedOut, written } from "../../../testing/harness/written.ts";
import { heartbeatsCame } from "./heartbeats-came.ts";

const check = heartbeatsCame("alice");
const start = arrives("alice", 0, { client: null, heartbeatMs: 1000 });
const heard = (...atMs: number[]) =>
  atMs.map((ms): [number, NewEvent] => [ms, { kind: "heard", actor: "alice", bytes: 1 }]);
const judged = (...after: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(check, written(...start, ...after));

test("passes when something came in each period, and a quarter of it", () => {
  const events = [...heard(900, 2240, 3240), waitedOut(4000)];
  expect(judged(...events)).toMatchObject({ kind: "pass" });
});

test("fails when a period went by without, at the start, between two, or at the end", () => {
  expect(judged(...heard(900, 2300, 3300), waitedOut(4000))).toEqual({
    kind: "fail",
    expected: "something from the target every 1.000 s",
    actual: "nothing for 1.400 s, up to 2.300 s",
    evidence: [1, start.length, start.length + 1],
  });
  expect(judged(...heard(1400, 2300, 3300), waitedOut(4000)).kind).toBe("fail");
  expect(judged(...heard(900, 1800), waitedOut(3200)).kind).toBe("fail");
  expect(judged(waitedOut(4000)).kind).toBe("fail");
});

test("what came before CONNECTED, or to another, is no heartbeat", () => {
  const others = [1000, 2000, 3000].map((ms): [number, NewEvent] => [
    ms,
    { kind: "heard", actor: "bob", bytes: 1 },
  ]);
  expect(judged(...others, waitedOut(4000)).kind).toBe("fail");
});

test("is open where only the harness's own delay may have made one late", () => {
  expect(judged(...heard(900), lags(2300, 300), ...heard(2400, 3300), waitedOut(4000)).kind).toBe(
    "inconclusive",
  );
  expect(judged(...heard(900), lags(2300, 129), ...heard(2400, 3300), waitedOut(4000)).kind).toBe("fail");
});

test("does not apply where none were promised, and concludes nothing of a short time or an ended connection", () => {
  const none = arrives("alice", 0, { client: null });
  expect(verdictOf(check, written(...none, waitedOut(4000))).kind).toBe("not-applicable");
  expect(judged(...heard(900), waitedOut(1800)).kind).toBe("inconclusive");
  expect(judged(...heard(900, 1800), closes("alice", 1900), waitedOut(4000)).kind).toBe("inconclusive");
  expect(judged(...heard(900, 1800)).kind).toBe("inconclusive");
  expect(verdictOf(check, written(waitedOut(4000))).kind).toBe("inconclusive");
});
