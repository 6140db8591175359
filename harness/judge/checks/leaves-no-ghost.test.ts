import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { arrives, ends, hears, sentinel, verdictOf, written } from "../../../testing/harness/written.ts";
import { leavesNoGhost } from "./leaves-no-ghost.ts";
import { noFalseLeave, noLeaveTwice } from "./no-undue-leave.ts";

const overtaken = [
  ...arrives("bob", 0),
  ...arrives("carol", 0),
  ...arrives("alice", 10),
  [11, { kind: "identify-held", actor: "alice", bytes: 90 }] as [number, NewEvent],
  ...ends("alice", 12),
];
const judged = (...rest: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(leavesNoGhost("alice"), written(...overtaken, ...rest, ...sentinel(2000, "bob", "carol")));

test("an identify that came too late is told to nobody", () => {
  expect(judged().kind).toBe("pass");
});

test("one that came in time is told, and taken back", () => {
  const both = (event: "join" | "leave", atMs: number) => [
    hears("bob", event, "alice", atMs),
    hears("carol", event, "alice", atMs),
  ];
  expect(judged(...both("join", 13), ...both("leave", 14)).kind).toBe("pass");
});

test("who stays for ever is a ghost, also if one listener alone sees it", () => {
  expect(
    judged(
      hears("bob", "join", "alice", 13),
      hears("carol", "join", "alice", 13),
      hears("bob", "leave", "alice", 14),
    ),
  ).toMatchObject({
    kind: "fail",
    expected: "carol, which received the join of alice at 0.013 s, receives its leave",
  });
});

test("nobody can say so who may not have listened any more", () => {
  const deaf = written(...overtaken, hears("bob", "join", "alice", 13), ...sentinel(2000, "carol"));
  expect(verdictOf(leavesNoGhost("alice"), deaf).kind).toBe("inconclusive");
});

test("one leave of an identify that was overtaken is right, two are not", () => {
  const twice = written(
    ...overtaken,
    hears("bob", "join", "alice", 13),
    hears("bob", "leave", "alice", 14),
    hears("bob", "leave", "alice", 15),
    ...sentinel(2000, "bob", "carol"),
  );
  expect(verdictOf(noLeaveTwice(), twice).kind).toBe("fail");
  const once = twice.filter(({ atMs }) => atMs !== 15).map((event, index) => ({ ...event, index }));
  expect(verdictOf(noLeaveTwice(), once).kind).toBe("pass");
  expect(verdictOf(noFalseLeave(), once).kind).toBe("pass");
});
