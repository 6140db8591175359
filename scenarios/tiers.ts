import { casesOf, type Case, type Scenario } from "../harness/scenario/scenario.ts";
import type { Axes } from "../harness/judge/judged-case.ts";

/**
 * Returns the ids of the quick tier: the first case of each scenario without a fixed wait, and the fewest other cases for all pairs of axis
 * values. So the tier covers every cause, and every transport in every phase.
 * @param canBeAsked returns true for a case that the target and the machine allow. Other cases stand only for a scenario
 *   without an allowed case.
 */
export function quickIds(
  scenarios: readonly Scenario[],
  canBeAsked: (one: Case) => boolean = () => true,
): ReadonlySet<string> {
  const short = scenarios.filter(({ fixedWaitMs }) => fixedWaitMs === undefined);
  return covering(short, pairsOf, canBeAsked);
}

/** Returns the ids of the quick tier, plus every value of a scenario's only axis. */
export const everyValueIds = (scenarios: readonly Scenario[]): ReadonlySet<string> =>
  covering(
    scenarios,
    (one) => {
      const pairs = pairsOf(one);
      return pairs.length > 0 ? pairs : [one.id];
    },
    () => true,
  );

/** Returns the first case of each scenario, and each later case with a new value. */
function covering(
  scenarios: readonly Scenario[],
  has: (one: Case) => readonly string[],
  canBeAsked: (one: Case) => boolean,
): ReadonlySet<string> {
  const covered = new Set<string>();
  const quick = new Set<string>();
  const take = (one: Case) => {
    quick.add(one.id);
    for (const had of has(one)) covered.add(had);
  };
  const asked = scenarios.map((scenario) => {
    const cases = casesOf(scenario);
    const possible = cases.filter(canBeAsked);
    return possible.length === 0 ? cases.slice(0, 1) : possible;
  });
  for (const [first] of asked) if (first !== undefined) take(first);
  for (const one of asked.flat()) if (has(one).some((wanted) => !covered.has(wanted))) take(one);
  return quick;
}

/** Returns pairs of axis values. A pair counts for all scenarios together. */
function pairsOf({ axes }: { readonly axes: Axes }): string[] {
  const values = Object.entries(axes).map(([axis, value]) => `${axis}=${value}`);
  return values.flatMap((one, place) => values.slice(place + 1).map((other) => `${one} ${other}`));
}
