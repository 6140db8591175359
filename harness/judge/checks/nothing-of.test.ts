import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { parseProfile } from "../../profile/profile.ts";
import {
  arrives,
  hears,
  kindOf,
  profile,
  sentinel,
  verdictOf,
  written,
} from "../../../testing/harness/written.ts";
import { nothingOf } from "./nothing-of.ts";

const check = nothingOf("rubbish");
const malformed: [number, NewEvent][] = [
  [20, { kind: "fault-injected", actor: "alice", fault: "malformed-identify", ends: "not" }],
  [
    21,
    { kind: "fault-witnessed", actor: "alice", fault: "malformed-identify", witness: "w", effectAtMs: 21 },
  ],
];
const start = [...arrives("bob", 0, { client: "bob-run01" }), ...arrives("alice", 10, { client: null })];
const heard = sentinel(1000, "bob", "alice");
const says = (actor: string, body: string, atMs: number): [number, NewEvent] => [
  atMs,
  { kind: "message", actor, destination: "/topic/", body },
];

test("passes where nothing is told of it", () => {
  expect(kindOf(check, written(...start, ...malformed, ...heard))).toBe("pass");
  expect(kindOf(check, written(...start, ...heard))).toBe("inconclusive");
});

test("a message that holds its name is evidence, also one that the profile does not read as a notice", () => {
  const events = written(...start, ...malformed, says("bob", 'hello ["rubbish-run01"]', 30), ...heard);
  expect(verdictOf(check, events)).toMatchObject({
    kind: "fail",
    actual: String.raw`bob received "hello [\"rubbish-run01\"]"`,
  });
});

test("other people's messages are none, nor are other cases' names, nor what its own client hears", () => {
  const others = [
    says("bob", "anybody here?", 30),
    says("bob", '{"error":"rubbish-run02"}', 31),
    says("alice", '{"error":"rubbish-run01"}', 32),
  ];
  expect(kindOf(check, written(...start, ...malformed, ...others, ...heard))).toBe("pass");
});

test("a join without a name is its own when no other case runs, and may be another's otherwise", () => {
  const nameless = hears("bob", "join", null, 30, "nobody");
  const events = written(...start, ...malformed, nameless, ...heard);
  expect(kindOf(check, events, true)).toBe("fail");
  expect(kindOf(check, events)).toBe("inconclusive");
  const before = written(...start, nameless, ...malformed, ...heard);
  expect(kindOf(check, before, true)).toBe("pass");
});

test("a broker that passes on what is sent to the topic has read nothing of it", () => {
  const echo = parseProfile(
    { identify: { destination: "/topic/", body: { clientData: "{client}" } } },
    "the test",
  );
  const events = written(...start, ...malformed, says("bob", '{"clientData":"rubbish-run01"', 30), ...heard);
  expect(verdictOf(check, events, echo).kind).toBe("pass");
  expect(verdictOf(check, events, profile).kind).toBe("fail");
});
