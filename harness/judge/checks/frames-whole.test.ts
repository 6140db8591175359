import { expect, test } from "vitest";
import {
  bobAndAlice,
  closes,
  sentinel,
  verdictOf,
  waitedOut,
  written,
} from "../../../testing/harness/written.ts";
import { framesWhole } from "./frames-whole.ts";

const reason = "MESSAGE had no NUL after the 3 bytes of its content-length";

test("fails where a client could not read on, and says what it could not read", () => {
  const gaveUp = [20, { kind: "gave-up", actor: "bob", reason }] as const;
  expect(verdictOf(framesWhole(), written(...bobAndAlice, gaveUp, closes("bob", 21)))).toEqual({
    kind: "fail",
    expected: "bob's client can read what the target sends",
    actual: `it could not: ${reason}`,
    evidence: [bobAndAlice.length],
  });
});

test("passes where all was waited out, also where a client missed heartbeats", () => {
  const missed = [20, { kind: "gave-up", actor: "bob" }] as const;
  const events = written(...bobAndAlice, missed, closes("bob", 21), ...sentinel(1020));
  expect(verdictOf(framesWhole(), events).kind).toBe("pass");
  expect(verdictOf(framesWhole(), written(...bobAndAlice, waitedOut(1020))).kind).toBe("pass");
  expect(verdictOf(framesWhole(), written(...bobAndAlice)).kind).toBe("inconclusive");
});
