import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { arrives, closes, verdictOf, written } from "../../../testing/harness/written.ts";
import { turnedAway } from "./turned-away.ts";

const [opened, connected] = arrives("alice", 10);
const begun = opened === undefined ? [] : [opened];
const inVain = [
  5_000,
  { kind: "waited-in-vain", actor: "alice", awaited: "the connection's end", waitedMs: 4_000 },
] as [number, NewEvent];
const judged = (...entries: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(turnedAway("alice"), written(...entries));

test("passes where the connection ends without CONNECTED, also before it opened", () => {
  expect(judged(...begun, closes("alice", 20))).toEqual({ kind: "pass", evidence: [1] });
  expect(judged(closes("alice", 20)).kind).toBe("pass");
});

test("fails where the client is connected, or its connection stays open", () => {
  if (connected === undefined) throw new Error("no connected");
  expect(judged(...begun, connected, closes("alice", 20))).toMatchObject({ kind: "fail", evidence: [1] });
  expect(judged(...begun, inVain)).toMatchObject({
    kind: "fail",
    actual: "it was still open after another 4.000 s",
  });
});

test("is open where the case did not wait", () => {
  expect(judged(...begun).kind).toBe("inconclusive");
  expect(judged().kind).toBe("inconclusive");
});
