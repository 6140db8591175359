import { expect, test } from "vitest";
import { parseProfile } from "../../profile/profile.ts";
import {
  arrives,
  bobAndAlice,
  closes,
  ends,
  hears,
  kindOf,
  sentinel,
  verdictOf,
  written,
} from "../../../testing/harness/written.ts";
import { joinedOnceEach } from "./joined-once-each.ts";

const check = joinedOnceEach("alice");
const twice = [
  ...bobAndAlice,
  ...ends("alice", 20),
  hears("bob", "leave", "alice", 21),
  ...arrives("alice", 30),
];
const again = hears("bob", "join", "alice", 31);
const heard = sentinel(1000, "bob", "alice");

test("passes when each session was heard to come once", () => {
  const events = written(...twice, again, ...heard);
  expect(verdictOf(check, events)).toEqual({
    kind: "pass",
    evidence: events.flatMap((e) =>
      e.kind === "notice" && e.client === "alice" && e.event === "join" ? [e.index] : [],
    ),
  });
});

test("fails when one was heard more often, or not at all", () => {
  expect(verdictOf(check, written(...twice, again, again, ...heard))).toMatchObject({
    kind: "fail",
    expected: "bob receives 2 joins, one for each session",
    actual: "it received 3",
  });
  expect(verdictOf(check, written(...twice, ...heard))).toMatchObject({
    kind: "fail",
    actual: "it received 1",
  });
});

test("a join that may still come is not missing; one too many is one at once", () => {
  expect(kindOf(check, written(...twice))).toBe("inconclusive");
  expect(kindOf(check, written(...twice, again, again))).toBe("fail");
});

test("whoever listened only in part, or has left, is not asked; where nobody else was there, nothing is concluded", () => {
  const late = arrives("dave", 25);
  expect(
    kindOf(
      check,
      written(
        ...twice.slice(0, -4),
        ...late,
        ...arrives("alice", 30),
        again,
        ...sentinel(1000, "bob", "alice", "dave"),
      ),
    ),
  ).toBe("pass");
  expect(kindOf(check, written(...twice, ...ends("bob", 40), ...sentinel(1000, "alice")))).toBe(
    "inconclusive",
  );
  expect(kindOf(check, written(...arrives("bob", 0)))).toBe("inconclusive");
});

test("one whose connection was closed can't have heard all, but may have heard too much", () => {
  const carol = [...arrives("carol", 0), ...bobAndAlice];
  const lost = [closes("carol", 13), ...sentinel(1000, "bob", "alice")];
  expect(kindOf(check, written(...carol, ...lost))).toBe("pass");
  const joins = [hears("carol", "join", "alice", 12), hears("carol", "join", "alice", 12)];
  expect(kindOf(check, written(...carol, ...joins, ...lost))).toBe("fail");
});

test("does not apply where no join is told, nobody is named, or the same may be told again", () => {
  const leave = { match: { "/e": "l" }, client: "/c" };
  const join = { match: { "/e": "j" }, client: "/c" };
  for (const notice of [
    { leave },
    { leave: { match: { "/e": "l" } }, join: { match: { "/e": "j" } } },
    { leave, join, repeats: true },
  ])
    expect(verdictOf(check, written(...twice), parseProfile({ notice }, "a test")).kind).toBe(
      "not-applicable",
    );
});
