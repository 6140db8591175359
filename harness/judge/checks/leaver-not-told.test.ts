import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { parseProfile } from "../../profile/profile.ts";
import {
  arrives,
  closes,
  ends,
  hears,
  verdictOf,
  waitedOut,
  written,
} from "../../../testing/harness/written.ts";
import { leaverNotTold } from "./leaver-not-told.ts";

const start = [
  ...arrives("alice", 0),
  ...arrives("bob", 10),
  hears("alice", "join", "bob", 12),
  ...ends("alice", 20),
];
const told = hears("bob", "leave", "alice", 25);
const judged = (...after: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(leaverNotTold("alice"), written(...start, ...after));

test("fails when the leaver hears of its own leave, before the others or after", () => {
  const failed = {
    kind: "fail",
    expected: "alice, which left at 0.020 s, does not receive its own leave",
    actual: "it received its own leave at 0.024 s",
  };
  const own = hears("alice", "leave", "alice", 24);
  expect(judged(own, told, waitedOut(1020))).toMatchObject(failed);
  expect(judged(told, own, waitedOut(1020))).toMatchObject(failed);
});

test("passes when the others were told, and it was not, until its connection ended or all was waited out", () => {
  expect(judged(told, waitedOut(1020)).kind).toBe("pass");
  expect(judged(closes("alice", 21), told).kind).toBe("pass");
  const join = start.findIndex(([, event]) => event.kind === "notice");
  expect(judged(told, waitedOut(1020))).toMatchObject({ evidence: [join, start.length, start.length + 1] });
});

test("an earlier leave under that name is not its own", () => {
  const before = [...start.slice(0, -2), hears("alice", "leave", "alice", 15), ...start.slice(-2)];
  const events = written(...before, told, waitedOut(1020));
  expect(verdictOf(leaverNotTold("alice"), events).kind).toBe("pass");
});

test("concludes nothing where it could not have heard, nobody was told, or it was not waited for", () => {
  const deaf = start.filter(([, event]) => event.kind !== "notice");
  expect(verdictOf(leaverNotTold("alice"), written(...deaf, told, waitedOut(1020))).kind).toBe(
    "inconclusive",
  );
  expect(judged(waitedOut(1020)).kind).toBe("inconclusive");
  expect(judged(told).kind).toBe("inconclusive");
  expect(verdictOf(leaverNotTold("alice"), written(...arrives("alice", 0))).kind).toBe("inconclusive");
});

test("where nobody is named, what it hears before the sentinel is its own leave, and after it is not", () => {
  const nameless = parseProfile(
    { notice: { leave: { match: { "/e": "l" } }, join: { match: { "/e": "j" } } } },
    "a test",
  );
  const all = [
    ...arrives("alice", 0, { client: "somebody" }),
    ...arrives("bob", 10, { client: "somebody" }),
    hears("alice", "join", "somebody", 12),
    ...ends("alice", 20),
    hears("bob", "leave", "somebody", 25),
  ];
  const own = hears("alice", "leave", "somebody", 26);
  const by = (...after: (readonly [number, NewEvent])[]) =>
    verdictOf(leaverNotTold("alice"), written(...all, ...after), nameless).kind;
  expect(by(own, waitedOut(1020))).toBe("fail");
  expect(by(waitedOut(1020), own)).toBe("pass");
});
