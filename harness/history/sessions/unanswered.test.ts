import { expect, test } from "vitest";
import type { Check } from "../../judge/check.ts";
import { heardByAll } from "../../judge/checks/heard-by-all.ts";
import { leftInsideWindow } from "../../judge/checks/left-inside-window.ts";
import { noFalseLeave, noLeaveTwice } from "../../judge/checks/no-undue-leave.ts";
import type { NewEvent } from "../events/events.ts";
import { parseProfile } from "../../profile/profile.ts";
import { arrives, ends, hears, sentinel, written } from "../../../testing/harness/written.ts";

/** Alice hears nothing from 1 s on, and ends at 50 s. Bob is told of her leave at these times. */
function unanswered(leavesAtMs: readonly number[], otherSilenceMs?: number) {
  const deafened: [number, NewEvent] = [
    1_000,
    { kind: "fault-injected", actor: "alice", fault: "blackhole-from-target", ends: "not" },
  ];
  const witnessed: [number, NewEvent] = [
    1_000,
    {
      ...{ kind: "fault-witnessed", actor: "alice", fault: "blackhole-from-target", witness: "seen" },
      effectAtMs: 1_000,
    } as const,
  ];
  const later = [
    ...ends("alice", 50_000),
    ...leavesAtMs.map((atMs) => hears("bob", "leave", "alice", atMs)),
  ].sort(([a], [b]) => a - b);
  const events = written(
    ...[...arrives("bob", 0), ...arrives("alice", 10), deafened, witnessed, ...later],
    ...sentinel(60_000, "bob"),
  );
  const profile = parseProfile(otherSilenceMs === undefined ? {} : { otherSilenceMs }, "the test's profile");
  const kindOf = (check: Check) => check.judge({ events, profile, alone: true }).kind;
  return {
    told: kindOf(heardByAll("alice")),
    inTime: kindOf(leftInsideWindow("alice")),
    once: kindOf(noLeaveTwice()),
    true: kindOf(noFalseLeave()),
  };
}

const right = { told: "pass", inTime: "pass", once: "pass", true: "pass" };

test("a target may give up whoever does not answer it, and need not say so again when the connection ends", () => {
  expect(unanswered([35_000])).toEqual(right);
  expect(unanswered([50_010])).toEqual(right);
  expect(unanswered([35_000, 50_010])).toEqual({ ...right, once: "fail" });
  expect(unanswered([])).toEqual({ ...right, told: "fail", inTime: "inconclusive" });
});

test("not before the silence that its profile declares", () => {
  expect(unanswered([35_000], 34_000)).toEqual(right);
  expect(unanswered([35_000], 34_021)).toMatchObject({ told: "fail", true: "fail" });
});
