import { describe, expect, test } from "vitest";
import { casesOf } from "../../harness/scenario/scenario.ts";
import { scenarios } from "../../scenarios/index.ts";
import { quickIds } from "../../scenarios/tiers.ts";
import { planMutants } from "./plan.ts";
import { smoke } from "./smoke.ts";
import { asking, claim } from "../../testing/cli/mutants.ts";

const many = Array.from({ length: 100 }, (_, place) => asking(`many/${place}`, "A"));
const rare = asking("rare", "B");
const other = asking("other", "C");
const all = [...many, rare, other];
const choice = { cases: all, smoke: ["other"], everyCase: false };

/** The ids of the cases of each round of the only mutant. */
const rounds = (...given: Parameters<typeof planMutants>) =>
  planMutants(...given).flatMap(({ planned }) =>
    planned.map((one) => one.rounds.map((r) => r.map(({ id }) => id))),
  )[0];

describe("a mutant is asked", () => {
  test("four of the cases of what it breaks, from among all of them, and the smoke set; then a dozen; then the others", () => {
    const [first = [], second = [], rest = []] = rounds([claim], choice) ?? [];
    expect(first).toContain("other");
    expect(first).not.toContain("rare");
    expect(first).toHaveLength(5);
    expect(first).toContain("many/0");
    expect(first.some((id) => Number(id.split("/")[1]) > 70)).toBe(true);
    expect(second.length).toBeGreaterThan(7);
    expect([...first, ...second, ...rest].toSorted()).toEqual(
      [...many, other].map(({ id }) => id).toSorted(),
    );
  });

  test("at least four of each check of what it breaks, so that no rare one is left out", () => {
    const [first = []] = rounds([{ ...claim, breaks: ["A", "B"] }], choice) ?? [];
    expect(first).toContain("rare");
    expect(first).toHaveLength(6);
  });

  test("nothing for what suffers too", () => {
    expect(rounds([{ ...claim, breaks: ["C"], alsoBreaks: ["A", "B"] }], choice)).toEqual([
      ["other"],
      [],
      [],
    ]);
  });

  test("everything at once, where that is wanted", () => {
    expect(rounds([claim], { ...choice, everyCase: true })).toEqual([all.map(({ id }) => id)]);
  });
});

describe("the unbroken server", () => {
  test("is asked whatever any of its mutants may be, each case once", () => {
    const [group] = planMutants([claim, { ...claim, name: "b", breaks: ["B"] }], choice);
    expect(group?.cases).toEqual(all);
  });

  test("is another one for each set of options", () => {
    const groups = planMutants(
      [
        { ...claim, name: "one" },
        { ...claim, name: "two", options: { policy: "person", probe: true } },
        { ...claim, name: "three", options: {} },
        { ...claim, name: "four", options: { probe: true, policy: "person" } },
      ],
      choice,
    );
    const names = groups.map(({ options, planned }) => [options, planned.map(({ mutant }) => mutant.name)]);
    expect(names).toEqual([
      [{}, ["one", "three"]],
      [{ policy: "person", probe: true }, ["two", "four"]],
    ]);
  });
});

test("every scenario of the smoke set exists, and one of its cases is quick", () => {
  const quick = quickIds(scenarios);
  const asked = scenarios.flatMap(casesOf).filter(({ id }) => quick.has(id));
  const known = new Set(asked.map(({ scenario }) => scenario.id));
  expect(Object.keys(smoke).filter((id) => !known.has(id))).toEqual([]);
});
