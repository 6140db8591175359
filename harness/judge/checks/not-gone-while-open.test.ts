import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { bobAndAlice, closes, ends, hears, kindOf, lags, written } from "../../../testing/harness/written.ts";
import { notGoneWhileOpen } from "./not-gone-while-open.ts";

const check = notGoneWhileOpen("alice");
const leave = (atMs: number) => hears("bob", "leave", "alice", atMs);
const history = (...rest: [number, NewEvent][]) => written(...bobAndAlice, ...ends("alice", 20), ...rest);

test("a leave at the end of the connection, or shortly before it, is in order", () => {
  expect(kindOf(check, history(closes("alice", 520), leave(521)))).toBe("pass");
  expect(kindOf(check, history(leave(300), closes("alice", 520)))).toBe("pass");
});

test("a leave of one whose connection goes on fails", () => {
  expect(kindOf(check, history(leave(25), closes("alice", 520)))).toBe("fail");
});

test("an ERROR ends the session, and the harness's own delay explains as much as it lasted", () => {
  const error: [number, NewEvent] = [24, { kind: "stomp-error", actor: "alice", message: "no" }];
  expect(kindOf(check, history(error, leave(25), closes("alice", 520)))).toBe("pass");
  expect(kindOf(check, history(leave(25), lags(300, 200), closes("alice", 520)))).toBe("pass");
});

test("concludes nothing where the connection did not end, or alice was nobody", () => {
  expect(kindOf(check, history(leave(25)))).toBe("inconclusive");
});
