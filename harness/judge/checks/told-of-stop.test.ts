import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { bobAndAlice, verdictOf, written } from "../../../testing/harness/written.ts";
import { toldOfStop } from "./told-of-stop.ts";

const stopped = [20, { kind: "target-stopped", actor: "harness" }] as const;
const closed = (actor: string, code: number | null, atMs = 25) =>
  [atMs, { kind: "closed", actor, code, reason: "" }] as const;
const judged = (...entries: (readonly [number, NewEvent])[]) =>
  verdictOf(toldOfStop("alice"), written(...bobAndAlice, ...entries));
const at = bobAndAlice.length;

test("passes where the connection is closed as that of a server which goes down, and not otherwise", () => {
  const withCode = (code: number | null) => judged(stopped, closed("bob", 1001), closed("alice", code));
  const wrong = {
    kind: "fail",
    expected: "alice's connection is closed with 1001",
    evidence: [at, at + 2],
  };
  expect(withCode(1001)).toEqual({ kind: "pass", evidence: [at, at + 2] });
  expect(withCode(1000)).toEqual({ ...wrong, actual: "it ended with code 1000" });
  expect(withCode(null)).toEqual({ ...wrong, actual: "it ended without a code" });
});

test("is undecided where nothing was stopped, nothing closed, or it closed before", () => {
  const open = (reason: string) => ({ kind: "inconclusive", reason });
  expect(judged(closed("alice", 1001))).toEqual(open("the target was not stopped"));
  expect(judged(stopped, closed("bob", 1001))).toEqual(
    open("alice's connection did not end before the timeout"),
  );
  expect(judged(closed("alice", 1001, 15), stopped)).toEqual(
    open("alice's connection had ended before the target was asked to stop"),
  );
});
