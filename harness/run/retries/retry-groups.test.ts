import { expect, test } from "vitest";
import { caseOf } from "../../scenario/scenario.ts";
import type { Next } from "../../judge/attempts/next-attempt.ts";
import { groupsOf, sampleOf, type Undecided } from "./retry-groups.ts";

const transports = ["native", "websocket", "xhr-polling", "xhr-streaming", "eventsource"];
const phases = ["connected", "identified", "hearing"];

function undecided(
  id: string,
  axes: Record<string, string>,
  requirement: string,
  next: Next = "again",
): Undecided {
  const one = caseOf({ id, title: "t", run: () => Promise.resolve(), checks: {} }, axes);
  const verdict = {
    kind: "fail",
    expected: "",
    actual: "",
    evidence: [],
    requirement,
    check: "a-check",
  } as const;
  return { one, next, verdicts: [{ ...verdict, attempts: 1, failedAttempts: 1 }] };
}

const grid = (id: string, requirement = "LATE"): Undecided[] =>
  transports.flatMap((transport) => phases.map((phase) => undecided(id, { transport, phase }, requirement)));

test("cases of one scenario, check and family of transports are one group", () => {
  const groups = groupsOf([...grid("leave/fin"), ...grid("leave/rst"), ...grid("leave/rst", "TWICE")]);
  expect(groups.map((group) => group.length)).toEqual([6, 9, 6, 9, 6, 9]);
  expect(groupsOf([...grid("leave/fin"), undecided("leave/fin", {}, "LATE", "alone")])).toHaveLength(3);
});

test("cases that are late by about the same time, beyond what load explains, are one group for all scenarios", () => {
  const late = (id: string, lateness: number | undefined) =>
    grid(id).map((one): Undecided => ({ ...one, lateness }));
  const sizes = (...groups: Undecided[][]) => groupsOf(groups.flat()).map((group) => group.length);
  expect(sizes(late("leave/fin", 12), late("leave/rst", 12))).toEqual([12, 18]);
  expect(sizes(late("leave/fin", 12), late("leave/rst", 10))).toEqual([6, 9, 6, 9]);
  expect(sizes(late("leave/fin", 12), late("leave/rst", undefined))).toEqual([6, 9, 6, 9]);
});

test("a sample has each transport and each phase, and is small", () => {
  for (const group of groupsOf(grid("leave/fin"))) {
    const sample = sampleOf(group);
    const values = (cases: readonly Undecided[]) =>
      new Set(
        cases.flatMap(({ one }) => Object.entries(one.axes).map(([axis, value]) => `${axis} ${value}`)),
      );
    expect(values(sample)).toEqual(values(group));
    expect(sample.length).toBeLessThan(group.length);
  }
});

test("a small group is retried entirely, and three of a larger one without transports and phases", () => {
  const few = grid("leave/fin").slice(0, 5);
  expect(sampleOf(few)).toEqual(few);
  const bodies = ["a", "b", "c", "d", "e", "f", "g"].map((body) =>
    undecided("identify/any", { body }, "LATE"),
  );
  expect(sampleOf(bodies)).toEqual(bodies.slice(0, 3));
});
