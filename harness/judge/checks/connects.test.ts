import { expect, test } from "vitest";
import { arrives, closes, verdictOf, written } from "../../../testing/harness/written.ts";
import { connects } from "./connects.ts";

const check = connects("alice");

test("passes with CONNECTED, whatever comes later", () => {
  const events = written(...arrives("alice", 0), closes("alice", 10));
  expect(verdictOf(check, events)).toEqual({ kind: "pass", evidence: [1] });
});

test("fails when the connection is closed, or nothing comes", () => {
  expect(verdictOf(check, written(closes("alice", 10, 404)))).toEqual({
    kind: "fail",
    expected: "CONNECTED",
    actual: 'the connection was closed with HTTP status 404 "gone"',
    evidence: [0],
  });
  const inVain = { kind: "waited-in-vain", actor: "alice", awaited: "it", waitedMs: 10_000 } as const;
  expect(verdictOf(check, written([10_000, inVain])).kind).toBe("fail");
});

test("concludes nothing where nobody waited, or of another", () => {
  expect(verdictOf(check, written(...arrives("alice", 0).slice(0, 1))).kind).toBe("inconclusive");
  expect(verdictOf(check, written(...arrives("bob", 0))).kind).toBe("inconclusive");
});
