import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { parseProfile } from "../../profile/profile.ts";
import {
  arrives,
  bobAndAlice,
  ends,
  hears,
  sentinel,
  verdictOf,
  written,
} from "../../../testing/harness/written.ts";
import { nobodyAgain } from "./nobody-again.ts";

const left = [...bobAndAlice, ...ends("alice", 20), hears("bob", "leave", "alice", 25)];
const again = arrives("alice", 100, { client: null });
const end = [...ends("alice", 200), ...sentinel(1300, "bob")];
const judged = (...events: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(nobodyAgain("alice"), written(...events));

test("fails when whoever came again is told to have come, or to have left once more", () => {
  expect(judged(...left, ...again, hears("bob", "leave", "alice", 205), ...end)).toEqual({
    kind: "fail",
    expected: "no notice of alice, which connected again at 0.100 s and has not identified",
    actual: 'bob received a leave of "alice" at 0.205 s',
    evidence: [left.length, left.length + again.length],
  });
  expect(judged(...left, ...again, hears("bob", "join", "alice", 105), ...end)).toMatchObject({
    kind: "fail",
    actual: 'bob received a join of "alice" at 0.105 s',
  });
});

test("passes when nothing names it, until nothing could any more", () => {
  expect(judged(...left, ...again, ...end).kind).toBe("pass");
  expect(judged(...left, ...again).kind).toBe("inconclusive");
});

test("a late leave of the first session is not taken for one of the second", () => {
  const late = [...left.slice(0, -1), ...again, hears("bob", "leave", "alice", 205), ...end];
  expect(judged(...late).kind).toBe("inconclusive");
});

test("does not apply where it was not let in again, and concludes nothing of one that was nobody", () => {
  expect(judged(...left, ...end).kind).toBe("not-applicable");
  expect(judged(...left, ...again.slice(0, 1), ...end).kind).toBe("not-applicable");
  expect(judged(...arrives("bob", 0), ...again, ...end).kind).toBe("inconclusive");
  const nameless = parseProfile({ notice: { leave: { match: { "/e": "l" } } } }, "a test");
  const events = written(...left, ...again, ...end);
  expect(verdictOf(nobodyAgain("alice"), events, nameless).kind).toBe("not-applicable");
});
