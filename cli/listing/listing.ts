import { casesOf, cellsOf, unmetNeed, type Case, type Need } from "../../harness/scenario/scenario.ts";
import type { Axes } from "../../harness/judge/judged-case.ts";
import type { Requirement } from "../../harness/judge/requirement.ts";
import { scenarios } from "../../scenarios/index.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { scenariosOf } from "../../scenarios/scenarios-of.ts";
import { quickIds } from "../../scenarios/tiers.ts";
import type { DescribedTarget } from "../target/find-target.ts";

/** All that hangup can ask, as data. */
export interface Listing {
  readonly scenarios: readonly ListedScenario[];
  readonly cases: readonly ListedCase[];
  /** Combinations of a scenario's axes that are no cases. */
  readonly impossible: readonly EmptyCell[];
  /** With the ids of the scenarios that ask them. */
  readonly requirements: readonly (Requirement & { readonly scenarios: readonly string[] })[];
  /** How many cases each tier asks; of these the target, where one was named, can be asked so many. */
  readonly tiers: Readonly<Record<"quick" | "full", { readonly cases: number; readonly askable?: number }>>;
}

interface ListedScenario {
  readonly id: string;
  readonly title: string;
  /** How many cases it has. */
  readonly cases: number;
  readonly requirements: readonly string[];
}

export interface ListedCase {
  readonly id: string;
  readonly scenario: string;
  readonly title: string;
  readonly axes: Axes;
  /** What it can't do without. */
  readonly needs: readonly Need[];
  readonly requirements: readonly string[];
  readonly tiers: readonly ("quick" | "full" | "soak")[];
  /** Why the target that was named can't be asked. Absent where it can, and where none was named. */
  readonly unmet?: string;
}

export interface EmptyCell {
  readonly scenario: string;
  readonly axes: Axes;
  readonly reason: string;
}

/** @param target what cases are to be asked of; undefined for none in particular. Browsers are taken to be there. */
export function listingOf(target?: DescribedTarget): Listing {
  const unmetIn = (one: Case) =>
    target === undefined ? undefined : unmetNeed(one, { ...target, noBrowser: undefined });
  const quick = quickIds(scenarios, (one) => unmetIn(one) === undefined);
  const cases = scenarios.flatMap(casesOf).map((one): ListedCase => {
    const unmet = unmetIn(one);
    return {
      id: one.id,
      scenario: one.scenario.id,
      title: one.scenario.title,
      axes: one.axes,
      needs: one.needs,
      requirements: Object.keys(one.checks),
      tiers: quick.has(one.id) ? ["quick", "full", "soak"] : ["full", "soak"],
      ...(unmet === undefined ? {} : { unmet }),
    };
  });
  const countIn = (tier: "quick" | "full") => {
    const own = cases.filter(({ tiers }) => tiers.includes(tier));
    const askable = own.filter(({ unmet }) => unmet === undefined).length;
    return { cases: own.length, ...(target === undefined ? {} : { askable }) };
  };
  return {
    scenarios: scenarios.map(({ id, title }) => {
      const own = cases.filter(({ scenario }) => scenario === id);
      const asked = new Set(own.flatMap((one) => one.requirements));
      return { id, title, cases: own.length, requirements: [...asked] };
    }),
    cases,
    impossible: scenarios
      .flatMap(cellsOf)
      .flatMap(({ scenario, axes, impossible: reason }) =>
        reason === undefined ? [] : [{ scenario: scenario.id, axes, reason }],
      ),
    requirements: requirements.map((one) => ({ ...one, scenarios: scenariosOf(one.id) })),
    tiers: { quick: countIn("quick"), full: countIn("full") },
  };
}
