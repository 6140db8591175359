import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { parseProfile } from "../../profile/profile.ts";
import { arrives, closes, lags, verdictOf, written } from "../../../testing/harness/written.ts";
import { closedUnconnected } from "./closed-unconnected.ts";

const declared = parseProfile({ deadlines: { connectMs: 5000 } }, "a test");
const judged = (...events: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(closedUnconnected("alice"), written(...events), declared);
const opened = arrives("alice", 100).slice(0, 1);

test("passes when the connection was closed in time, and within what the harness allows for", () => {
  expect(judged(...opened, closes("alice", 4000))).toEqual({ kind: "pass", evidence: [0, 1] });
  expect(judged(...opened, closes("alice", 5220)).kind).toBe("pass");
});

test("fails when it came later, or not at all", () => {
  expect(judged(...opened, closes("alice", 5221))).toEqual({
    kind: "fail",
    expected: "its connection is closed 5.000 s after it opened",
    actual: "that took 5.121 s",
    evidence: [0, 1],
  });
  const inVain = { kind: "waited-in-vain", actor: "alice", awaited: "its end", waitedMs: 10_000 } as const;
  expect(judged(...opened, [10_100, inVain])).toMatchObject({
    kind: "fail",
    actual: "it was still open after 10.000 s",
  });
});

test("is open where only the harness's own delay may have made it late", () => {
  expect(judged(...opened, lags(5300, 300), closes("alice", 5400)).kind).toBe("inconclusive");
  expect(judged(...opened, lags(5300, 200), closes("alice", 5400)).kind).toBe("inconclusive");
  expect(judged(...opened, lags(5300, 300), closes("alice", 5621)).kind).toBe("fail");
});

test("tells nothing of one that connected, never opened, or was not waited for", () => {
  expect(judged(...arrives("alice", 0), closes("alice", 10)).kind).toBe("inconclusive");
  expect(judged(closes("alice", 10)).kind).toBe("inconclusive");
  expect(judged(...opened).kind).toBe("inconclusive");
  expect(verdictOf(closedUnconnected("alice"), written(...opened, closes("alice", 1))).kind).toBe(
    "not-applicable",
  );
});
