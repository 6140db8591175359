import { describe, expect, test } from "vitest";
import type { Check } from "./check.ts";
import { detectionsIn, judge } from "./judge.ts";
import type { Scenario } from "./scenario.ts";
import { arrives, ends, hears, profile, written } from "./testing/written.ts";
import { fail, pass } from "./verdict.ts";

const failing: Check = { name: "failing", judge: () => fail("a", "b") };
const passing: Check = { name: "passing", judge: () => pass([0]) };
const crashing: Check = {
  name: "crashing",

  judge: () => {
    throw new Error("a bug");
  },
};

const scenario = (checks: Check[], expects: Check[] = []): Scenario => ({
  id: "a/b",
  title: "a",
  run: () => Promise.resolve(),
  expects,
  checks: { R: checks },
});
const calm = { profile, alone: false, trouble: undefined };
const left = written(
  ...arrives("bob", 0),
  ...arrives("alice", 1),
  ...ends("alice", 20),
  hears("bob", "leave", "alice", 25),
);

test("gives one judgement a check, with its requirement", () => {
  const judgements = judge(scenario([passing, failing]), { ...calm, events: left });
  expect(judgements.map(({ requirement, check, kind }) => [requirement, check, kind])).toEqual([
    ["R", "passing", "pass"],
    ["R", "failing", "fail"],
  ]);
});

describe("inconclusive, whatever the checks say,", () => {
  const kinds = (checks: Scenario, rest: object) =>
    judge(checks, { ...calm, events: left, ...rest }).map((judgement) => judgement.kind);

  test("when a fault has no witness", () => {
    const unwitnessed = left.filter(({ kind }) => kind !== "fault-witnessed");
    expect(kinds(scenario([passing, failing]), { events: unwitnessed })).toEqual([
      "inconclusive",
      "inconclusive",
    ]);
  });

  test("when the witness is another actor's", () => {
    const events = left.map((e) => (e.kind === "fault-witnessed" ? { ...e, actor: "bob" } : e));
    expect(kinds(scenario([passing]), { events })).toEqual(["inconclusive"]);
  });

  test("when the scenario could not go on", () => {
    expect(kinds(scenario([passing]), { trouble: "no CONNECTED" })).toEqual(["inconclusive"]);
  });

  test("when a precondition does not hold", () => {
    expect(kinds(scenario([passing], [failing]), {})).toEqual(["inconclusive"]);
    expect(kinds(scenario([passing], [passing]), {})).toEqual(["pass"]);
  });
});

test("what an invariant has seen broken stays broken, whatever went wrong later", () => {
  const broken: Check = { ...failing, invariant: true };
  const verdicts = judge(scenario([failing, broken]), {
    ...calm,
    events: left,
    trouble: "the target is gone",
  });
  expect(verdicts.map(({ kind }) => kind)).toEqual(["inconclusive", "fail"]);
});

test("a witness of an earlier like fault is none", () => {
  const again = written(
    ...arrives("alice", 0),
    ...ends("alice", 1),
    ...arrives("alice", 5),
    ...ends("alice", 9),
  );
  const first = again.findIndex(({ kind }) => kind === "fault-witnessed");
  const kinds = (events: typeof again) =>
    judge(scenario([passing]), { ...calm, events }).map(({ kind }) => kind);
  expect(kinds(again)).toEqual(["pass"]);
  expect(kinds(again.filter((_, place) => place !== first))).toEqual(["inconclusive"]);
});

test("a check that crashes is inconclusive, and the others still count", () => {
  const judgements = judge(scenario([crashing, passing]), { ...calm, events: left });
  expect(judgements[0]).toMatchObject({ kind: "inconclusive", reason: "the check itself failed: a bug" });
  expect(judgements[1]?.kind).toBe("pass");
});

test("detections are counted from the end, beside their window", () => {
  expect(detectionsIn({ events: left, profile, alone: false })).toEqual([
    { actor: "alice", observer: "bob", cause: "fin", latencyMs: 5, earliestMs: 0, latestMs: 1000 },
  ]);
});
