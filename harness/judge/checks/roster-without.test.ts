import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { bobAndAlice, ends, hears, verdictOf, written } from "../../../testing/harness/written.ts";
import { rosterWithout } from "./roster-without.ts";

const left = [...bobAndAlice, ...ends("alice", 20), hears("bob", "leave", "alice", 25)];
const read = (atMs: number, ...clients: string[]): [number, NewEvent] => [
  atMs,
  { kind: "roster-read", actor: "late", clients },
];
const judged = (...after: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(rosterWithout("alice", "bob"), written(...left, ...after));

test("passes when the list has who stayed, and not who left", () => {
  expect(judged(read(50, "bob"))).toEqual({ kind: "pass", evidence: [left.length - 1, left.length] });
});

test("fails when the leaver is on it, or one who stayed is not", () => {
  expect(judged(read(50, "bob", "alice"))).toEqual({
    kind: "fail",
    expected: '"alice", which had left, is not on the roster',
    actual: "it was, 0.025 s after its leave",
    evidence: [left.length - 1, left.length],
  });
  expect(judged(read(50))).toMatchObject({ kind: "fail", expected: '"bob", which stayed, is on the roster' });
});

test("fails when no list came", () => {
  const inVain = { kind: "waited-in-vain", actor: "late", awaited: "the list", waitedMs: 10_000 } as const;
  expect(judged([10_050, inVain])).toMatchObject({ kind: "fail", actual: "none in 10.000 s" });
});

test("a list that was asked for before the leave was told proves nothing; nor does one without anybody to expect", () => {
  const early = written(...left.slice(0, -1), read(22, "bob", "alice"), hears("bob", "leave", "alice", 25));
  expect(verdictOf(rosterWithout("alice", "bob"), early).kind).toBe("inconclusive");
  const untold = written(...left.slice(0, -1), read(50, "bob"));
  expect(verdictOf(rosterWithout("alice", "bob"), untold).kind).toBe("inconclusive");
  expect(verdictOf(rosterWithout("alice"), written(...left, read(50))).kind).toBe("inconclusive");
  expect(verdictOf(rosterWithout("alice"), written(...bobAndAlice)).kind).toBe("inconclusive");
  expect(judged().kind).toBe("inconclusive");
});
