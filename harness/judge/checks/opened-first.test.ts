import { expect, test } from "vitest";
import { arrives, closes, verdictOf, written } from "../../../testing/harness/written.ts";
import { openedFirst } from "./opened-first.ts";

const check = openedFirst("alice");
const opened = arrives("alice", 5).slice(0, 1);

test("fails when another frame came first, when the connection ended, or when nothing came", () => {
  const early = [4, { kind: "before-open", actor: "alice", frame: "h" }] as const;
  expect(verdictOf(check, written(early, ...opened))).toEqual({
    kind: "fail",
    expected: 'the open frame "o"',
    actual: '"h"',
    evidence: [0],
  });
  expect(verdictOf(check, written(closes("alice", 5, 404), ...arrives("bob", 6)))).toMatchObject({
    kind: "fail",
    actual: 'the connection was closed with HTTP status 404 "gone"',
  });
  const inVain = { kind: "waited-in-vain", actor: "alice", awaited: "it", waitedMs: 10_000 } as const;
  expect(verdictOf(check, written([10_000, inVain], ...arrives("bob", 10_001)))).toMatchObject({
    kind: "fail",
    actual: "nothing in 10.000 s",
  });
});

test("a target that told nobody anything any more may be gone", () => {
  expect(verdictOf(check, written(...arrives("bob", 0), closes("alice", 5))).kind).toBe("inconclusive");
});

test("passes when the open frame came, whatever came then", () => {
  expect(verdictOf(check, written(...opened, closes("alice", 6)))).toEqual({ kind: "pass", evidence: [0] });
});

test("another's frames tell nothing", () => {
  expect(verdictOf(check, written(...arrives("bob", 0))).kind).toBe("inconclusive");
});
