import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { parseProfile } from "../../profile/profile.ts";
import {
  arrives,
  bobAndAlice,
  ends,
  hears,
  placeOf,
  profile,
  verdictOf,
  written,
} from "../../../testing/harness/written.ts";
import { joinBeforeLeave } from "./join-before-leave.ts";

const judged = (...entries: (readonly [number, NewEvent])[]) =>
  verdictOf(joinBeforeLeave("alice"), written(...entries));
const nobodyHeard = {
  kind: "inconclusive",
  reason: "no observer received a leave of alice that could be compared with its join",
};
const neverIdentified = { kind: "inconclusive", reason: "alice never identified" };
const start = [...arrives("bob", 0), ...arrives("alice", 10), ...ends("alice", 20)];
const wrongOrder = { kind: "fail", expected: "bob receives the join of alice before its leave" };

test("passes where each who heard the leave had heard the join", () => {
  const events = written(
    ...arrives("carol", 0),
    ...arrives("dave", 0),
    ...bobAndAlice,
    hears("carol", "join", "alice", 12),
    hears("dave", "join", "alice", 12),
    ...ends("alice", 20),
    hears("bob", "leave", "alice", 25),
    hears("carol", "leave", "alice", 25),
  );
  const evidence = ["carol", "bob"].flatMap((observer) => {
    const leave = placeOf(events, "notice", observer);
    const join = placeOf(events.slice(0, leave), "notice", observer);
    return [join, leave];
  });
  expect(verdictOf(joinBeforeLeave("alice"), events)).toEqual({ kind: "pass", evidence });
});

test("fails when the leave came first", () => {
  expect(judged(...start, hears("bob", "leave", "alice", 21), hears("bob", "join", "alice", 22))).toEqual({
    ...wrongOrder,
    actual: "it received the leave first",
    evidence: [start.length + 1, start.length],
  });
});

test("fails when there was no join at all, whatever others heard of alice or that observer of others", () => {
  const leave = hears("bob", "leave", "alice", 21);
  const failed = { ...wrongOrder, actual: "it received a leave and no join" };
  expect(judged(...start, leave)).toEqual({ ...failed, evidence: [start.length] });
  const elsewhere = [hears("carol", "join", "alice", 12), hears("bob", "join", "carol", 12)];
  const entries = [...arrives("carol", 0), ...start, ...elsewhere, leave];
  expect(judged(...entries)).toEqual({ ...failed, evidence: [entries.length - 1] });
});

test("asks nothing of an observer who came after the identify, or heard no leave", () => {
  const late = [...arrives("alice", 0), ...arrives("bob", 10), ...ends("alice", 20)];
  expect(judged(...late, hears("bob", "leave", "alice", 21))).toEqual(nobodyHeard);
  expect(judged(...start, hears("bob", "join", "alice", 12))).toEqual(nobodyHeard);
  expect(judged(...start)).toEqual(nobodyHeard);
});

test("holds for a leave that should not have come, too", () => {
  expect(judged(...bobAndAlice, hears("bob", "leave", "alice", 25)).kind).toBe("pass");
});

test("asks nothing of an actor who never came, or never identified", () => {
  expect(judged(...arrives("bob", 0))).toEqual(neverIdentified);
  const unnamed = [...arrives("bob", 0), ...arrives("alice", 10, { client: null }), ...ends("alice", 20)];
  expect(judged(...unnamed, hears("bob", "leave", null, 21))).toEqual(neverIdentified);
});

test("does not apply where the profile knows no join; a roster tells it", () => {
  const joinless = { ...profile, notice: { ...profile.notice, join: undefined } };
  expect(verdictOf(joinBeforeLeave("alice"), [], joinless)).toEqual({
    kind: "not-applicable",
    reason: "the profile describes no join notice (`notice.join`)",
  });
  const roster = parseProfile({ notice: { roster: { list: "", client: "" } } }, "a test");
  expect(verdictOf(joinBeforeLeave("alice"), [], roster)).toEqual(neverIdentified);
});
