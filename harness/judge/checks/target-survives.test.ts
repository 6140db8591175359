import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import {
  bobAndAlice,
  ends,
  kindOf,
  placeOf,
  sentinel,
  verdictOf,
  written,
} from "../../../testing/harness/written.ts";
import { targetSurvives } from "./target-survives.ts";

const died = (more: Partial<Extract<NewEvent, { kind: "target-died" }>> = {}): NewEvent => ({
  kind: "target-died",
  actor: "harness",
  end: "exit code 1",
  lastLines: [],
  ...more,
});

test("passes by a message of the target after the last fault", () => {
  const events = written(...bobAndAlice, ...ends("alice", 20), ...sentinel(1020, "bob"));
  const evidence = [placeOf(events, "notice", "bob")];
  expect(verdictOf(targetSurvives(), events)).toEqual({ kind: "pass", evidence });
});

test("is open where nothing arrived after the fault, and in an empty history", () => {
  expect(kindOf(targetSurvives(), written(...bobAndAlice, ...ends("alice", 20)))).toBe("inconclusive");
  expect(kindOf(targetSurvives(), [])).toBe("inconclusive");
});

test("fails with the exit and the line that says most, also where the scenario could not go on", () => {
  const lastLines = ["const x = new Error()", "TypeError: x is undefined", "    at main.js:3", "Node.js v20"];
  const events = written(...bobAndAlice, [30, died({ lastLines })]);
  const failed = {
    kind: "fail",
    expected: "the target goes on running",
    actual: "the target died (exit code 1); its output: TypeError: x is undefined",
    evidence: [events.length - 1],
  };
  expect(verdictOf(targetSurvives(), events)).toEqual(failed);
  expect(targetSurvives()).toMatchObject({ invariant: true, isCause: true });
});

test("quotes the last line where none says more, and no line where there is none", () => {
  const actual = (lastLines: string[]) => {
    const verdict = verdictOf(targetSurvives(), written([30, died({ lastLines })]));
    return verdict.kind === "fail" ? verdict.actual : verdict.kind;
  };
  expect(actual(["one", "two "])).toBe("the target died (exit code 1); its output: two");
  expect(actual(["#", "# A fatal error has been detected", "#"])).toMatch(/; its output: # A fatal error/);
  expect(actual(['Exception in thread "main" java.lang.OutOfMemoryError: heap', "  at x"])).toMatch(/heap$/);
  expect(actual([])).toBe("the target died (exit code 1)");
});

test("names the cases that ran, in a finding of the whole run, and the number of deaths", () => {
  const suspects = ["a", "b", "c", "d", "e"];
  const finding = died({ suspects, search: "not repeatable" });
  expect(verdictOf(targetSurvives(), written([0, finding], [0, finding]))).toMatchObject({
    actual:
      "the target died 2 times, the first time (exit code 1), while a, b, c and 2 more ran; not repeatable",
    evidence: [0, 1],
  });
});
