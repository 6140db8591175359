import { casesOf, cellsOf, unmetNeed, type Case, type Need } from "../../harness/scenario/scenario.ts";
import type { Axes } from "../../harness/judge/judged-case.ts";
import type { Requirement } from "../../harness/judge/requirement.ts";
import { scenarios } from "../../scenarios/index.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { scenariosOf } from "../../scenarios/scenarios-of.ts";
import { quickIds } from "../../scenarios/tiers.ts";
import type { DescribedTarget } from "../target/find-target.ts";

/** Everything that hangup can test, as data. */
export interface Listing {
  readonly scenarios: readonly ListedScenario[];
  readonly cases: readonly ListedCase[];
  /** Combinations of axes that are not cases. */
  readonly impossible: readonly EmptyCell[];
  /** Requirements with the ids of the scenarios that judge them. */
  readonly requirements: readonly (Requirement & { readonly scenarios: readonly string[] })[];
  /** Number of cases per tier. `askable` counts the cases that the given target can run. */
  readonly tiers: Readonly<Record<"quick" | "full", { readonly cases: number; readonly askable?: number }>>;
}

interface ListedScenario {
  readonly id: string;
  readonly title: string;
  /** Number of cases of the scenario. */
  readonly cases: number;
  readonly requirements: readonly string[];
}

export interface ListedCase {
  readonly id: string;
  readonly scenario: string;
  readonly title: string;
  readonly axes: Axes;
  /** Features of the target or the machine that the case needs. */
  readonly needs: readonly Need[];
  readonly requirements: readonly string[];
  readonly tiers: readonly ("quick" | "full" | "soak")[];
  /** Reason why the given target can't run the case; absent if it can or no target is given. */
  readonly unmet?: string;
}

export interface EmptyCell {
  readonly scenario: string;
  readonly axes: Axes;
  readonly reason: string;
}

/** Returns the listing for a target, or for any target if undefined. Assumes that a browser is installed. */
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
