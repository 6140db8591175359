import { expect, test } from "vitest";
import {
  arrives,
  bobAndAlice,
  ends,
  hears,
  sentinel,
  verdictOf,
  written,
} from "../../../testing/harness/written.ts";
import { heardByAll } from "./heard-by-all.ts";
import { joinBeforeLeave } from "./join-before-leave.ts";
import { leftInsideWindow } from "./left-inside-window.ts";
import { noFalseLeave, noLeaveTwice } from "./no-undue-leave.ts";
import { othersStayConnected } from "./others-stay-connected.ts";
import { receiptCame } from "./receipt-came.ts";
import { sessionIdReadRight } from "./session-id-read-right.ts";
import { staysGone } from "./stays-gone.ts";
import { toldOfStop } from "./told-of-stop.ts";

test.each([
  ["heard-by-all(alice)", () => heardByAll("alice"), "the check examined no event"],
  ["join-before-leave(alice)", () => joinBeforeLeave("alice"), "alice never identified"],
  [
    "left-inside-window(alice)",
    () => leftInsideWindow("alice"),
    "no observer received a leave of alice that could be timed",
  ],
  ["no-false-leave", noFalseLeave, "the check examined no event"],
  ["no-leave-twice", noLeaveTwice, "the check examined no event"],
  ["others-stay-connected", othersStayConnected, "the case did not wait for the session's end"],
  ["receipt-came(alice)", () => receiptCame("alice"), "alice sent no DISCONNECT"],
  ["session-id-read-right(alice)", () => sessionIdReadRight("alice"), "alice's page reported no session id"],
  ["stays-gone", staysGone, "the check examined no event"],
  ["told-of-stop(alice)", () => toldOfStop("alice"), "the target was not stopped"],
] as const)("%s concludes nothing from nothing, and says what it lacks", (name, make, reason) => {
  const check = make();
  expect(check.name).toBe(name);
  expect(verdictOf(check, [])).toEqual({ kind: "inconclusive", reason });
});

test("only the judgement of a time is tried again, and only what was seen too often or wrongly stays broken", () => {
  expect([leftInsideWindow("alice"), heardByAll("alice")].map(({ timed = false }) => timed)).toEqual([
    true,
    false,
  ]);
  const absences = [noFalseLeave(), noLeaveTwice(), staysGone(), heardByAll("alice")];
  expect(absences.map(({ invariant = false }) => invariant)).toEqual([true, true, true, false]);
});

test("a leave that everybody heard, once and in time, passes every check, with evidence", () => {
  const events = written(
    ...arrives("carol", 0),
    ...bobAndAlice,
    hears("carol", "join", "alice", 12),
    ...ends("alice", 20),
    hears("bob", "leave", "alice", 25),
    hears("carol", "leave", "alice", 25),
    ...sentinel(1020, "bob", "carol"),
  );
  const joined = [
    heardByAll("alice"),
    leftInsideWindow("alice"),
    noFalseLeave(),
    noLeaveTwice(),
    staysGone(),
    othersStayConnected(),
  ];
  for (const check of [...joined, joinBeforeLeave("alice")]) {
    const verdict = verdictOf(check, events);
    expect(verdict, check.name).toMatchObject({ kind: "pass" });
    expect(verdict.kind === "pass" && verdict.evidence.length, check.name).toBeGreaterThan(0);
  }
});
