import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { arrives, ends, hears, sentinel, verdictOf, written } from "../../../testing/harness/written.ts";
import { heardByAll } from "./heard-by-all.ts";
import { joinedOnceEach } from "./joined-once-each.ts";
import { receivedInstead } from "./received-instead.ts";

const start = [
  ...arrives("bob", 0, { client: "bob-run01" }),
  ...arrives("alice", 10, { client: "김민수-run01" }),
];
const odd = (event: "join" | "leave", atMs: number): [number, NewEvent] => {
  const [at, notice] = hears("bob", event, "김", atMs, "nobody");
  return [at, { ...notice, body: `{"${event}":"김"}` } as NewEvent];
};

test("a name that came cut is quoted where its join and its leave were due", () => {
  const events = written(
    ...start,
    odd("join", 12),
    ...ends("alice", 20),
    odd("leave", 25),
    ...sentinel(2000, "bob"),
  );
  expect(verdictOf(joinedOnceEach("alice"), events)).toMatchObject({
    kind: "fail",
    actual: String.raw`it received 0; it received "{\"join\":\"김\"}" at 0.012 s, and "{\"leave\":\"김\"}" at 0.025 s`,
  });
  expect(verdictOf(heardByAll("alice"), events)).toMatchObject({
    kind: "fail",
    actual: expect.stringContaining(String.raw`; it received "{\"leave\":\"김\"}" at 0.025 s`) as string,
  });
});

test("a frame with a wrong content-length is named before what is left of it", () => {
  const frame = "MESSAGE\ncontent-length:3\n\n김민수";
  const events = written(
    ...start,
    [12, { kind: "message", actor: "bob", destination: "/topic/", body: "김-run01" }],
    [12, { kind: "wrong-content-length", actor: "bob", declared: 3, bytes: 9, frame }],
  );
  expect(receivedInstead(events, "bob", 0).words).toBe(
    `; it received a frame whose content-length is 3 and whose body has 9 bytes, ${JSON.stringify(frame)}, at 0.012 s`,
  );
});

test("messages of others, and notices under names that were given, explain nothing", () => {
  const events = written(
    ...start,
    [12, { kind: "message", actor: "bob", destination: "/topic/", body: "hello all" }],
    [13, { kind: "message", actor: "bob", destination: "/topic/", body: "hangup-probe-run01-carol" }],
    hears("bob", "join", "김민수-run01", 13),
  );
  expect(receivedInstead(events, "bob", 0)).toEqual({ words: "", evidence: [] });
});
