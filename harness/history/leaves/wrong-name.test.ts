import { expect, test } from "vitest";
import type { NewEvent } from "../events/events.ts";
import { isLeaveUnderWrongName } from "./wrong-name.ts";
import { arrives, ends, hears, placeOf, written } from "../../../testing/harness/written.ts";

const name = "two\r\nlines-t0ken";
const start = [...arrives("bob", 0), ...arrives("alice", 10, { client: name })];
type Entry = readonly [number, NewEvent];
/** Whether the last notice that bob heard is alice's leave under a wrong name. */
const misnamed = (...entries: Entry[]) => {
  const events = written(...start, ...entries);
  return isLeaveUnderWrongName(events, placeOf(events, "notice", "bob"), "alice");
};

test("a leave under a piece of the actor's name, or one of this case's, is its own under a wrong name", () => {
  expect(misnamed(...ends("alice", 20), hears("bob", "leave", "two", 25, "nobody"))).toBe(true);
  expect(misnamed(...ends("alice", 20), hears("bob", "leave", "two??lines-t0ken", 25))).toBe(true);
});

test("and not before its end, beside its own leave, a second time, of a stranger, or of another who identified", () => {
  const cut = hears("bob", "leave", "two", 25, "nobody");
  expect(misnamed(cut, ...ends("alice", 30))).toBe(false);
  expect(misnamed(...ends("alice", 20), hears("bob", "leave", name, 21), cut)).toBe(false);
  expect(misnamed(...ends("alice", 20), cut, cut)).toBe(false);
  expect(misnamed(...ends("alice", 20), hears("bob", "leave", "mallory", 25, "nobody"))).toBe(false);
  expect(misnamed(...ends("alice", 20), hears("bob", "leave", "bob", 25))).toBe(false);
  expect(misnamed(...ends("alice", 20), hears("bob", "leave", null, 25, "nobody"))).toBe(false);
});
