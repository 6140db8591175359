import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { arrives, closes, ends, verdictOf, written } from "../../../testing/harness/written.ts";
import { errorThenClosed } from "./error-then-closed.ts";

const start = [...arrives("alice", 0, { client: null }), ...ends("alice", 10)];
const error: [number, NewEvent] = [11, { kind: "stomp-error", actor: "alice", message: "no" }];
const inVain: [number, NewEvent] = [
  4011,
  { kind: "waited-in-vain", actor: "alice", awaited: "the connection's end", waitedMs: 4000 },
];
const judged = (how: "due" | "permitted", ...after: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(errorThenClosed("alice", how), written(...start, ...after));

test("passes when the connection was closed after the ERROR", () => {
  const pass = { kind: "pass", evidence: [start.length, start.length + 1] };
  expect(judged("due", error, closes("alice", 12))).toEqual(pass);
  expect(judged("permitted", error, closes("alice", 12))).toEqual(pass);
});

test("fails when it stays open after the ERROR", () => {
  expect(judged("permitted", error, inVain)).toEqual({
    kind: "fail",
    expected: 'the connection is closed just after the ERROR "no"',
    actual: "it was still open 4.000 s later",
    evidence: [start.length, start.length + 1],
  });
});

test("without an ERROR it fails where one is due, and does not apply where it is only permitted", () => {
  expect(judged("due", closes("alice", 12))).toMatchObject({ kind: "fail", expected: "ERROR" });
  expect(judged("due", inVain)).toMatchObject({ kind: "fail", actual: "nothing in 4.000 s" });
  expect(judged("permitted", closes("alice", 12)).kind).toBe("not-applicable");
});

test("concludes nothing where nobody waited, or nothing gave reason for an ERROR", () => {
  expect(judged("due").kind).toBe("inconclusive");
  expect(judged("due", error).kind).toBe("inconclusive");
  expect(judged("due", error, closes("bob", 12)).kind).toBe("inconclusive");
  const unprovoked = [...arrives("alice", 0, { client: null }), error, closes("alice", 12)];
  expect(verdictOf(errorThenClosed("alice", "due"), written(...unprovoked)).kind).toBe("inconclusive");
  expect(verdictOf(errorThenClosed("alice", "permitted"), written(...unprovoked)).kind).toBe("pass");
});
