import { expect, test } from "vitest";
import { parseProfile } from "../../profile/profile.ts";
import {
  arrives,
  bobAndAlice,
  hears,
  kindOf,
  sentinel,
  verdictOf,
  written,
} from "../../../testing/harness/written.ts";
import { onlyIdentifiedCome } from "./only-identified-come.ts";

const check = onlyIdentifiedCome();
const start = [...bobAndAlice, ...arrives("mallory", 20, { client: null })];
const heard = sentinel(1000, "bob", "alice", "mallory");

test("fails when somebody is told to have come who never said so, by whatever name", () => {
  const events = written(...start, hears("bob", "join", '["mallory"]', 30), ...heard);
  expect(verdictOf(check, events)).toEqual({
    kind: "fail",
    expected: "only joins of clients that identified",
    actual: 'bob received a join of "["mallory"]"',
    evidence: [start.length],
  });
});

test("passes when those come who said so, and was heard until nothing could come any more", () => {
  expect(kindOf(check, written(...start, ...heard))).toBe("pass");
  expect(kindOf(check, written(...start))).toBe("inconclusive");
});

test("strangers and the nameless are no concern of it; nor are leaves", () => {
  const others = [
    hears("bob", "join", "stranger", 30, "nobody"),
    hears("bob", "join", null, 31),
    hears("bob", "leave", "mallory", 32),
  ];
  expect(kindOf(check, written(...start, ...others, ...heard))).toBe("pass");
});

test("does not apply where no join is told, or nobody is named", () => {
  const joinless = parseProfile({ notice: { leave: { match: { "/e": "l" }, client: "/c" } } }, "a test");
  const nameless = parseProfile(
    { notice: { leave: { match: { "/e": "l" } }, join: { match: { "/e": "j" } } } },
    "a test",
  );
  for (const profile of [joinless, nameless])
    expect(verdictOf(check, written(...start, ...heard), profile).kind).toBe("not-applicable");
});
