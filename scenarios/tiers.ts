import { casesOf, type Case, type Scenario } from "../harness/scenario/scenario.ts";
import type { Axes } from "../harness/judge/judged-case.ts";

/**
 * The cases of the quick tier: the first of each scenario, and as few others as have, among them all, each pair of values
 * of two axes. So every cause is asked, and every transport in every phase.
 * @param canBeAsked whether the target and the machine allow a case; one that they don't is there only for a scenario of
 *   which they allow none
 * @returns their ids
 */
export function quickIds(
  scenarios: readonly Scenario[],
  canBeAsked: (one: Case) => boolean = () => true,
): ReadonlySet<string> {
  return covering(scenarios, pairsOf, canBeAsked);
}

/** As the quick tier, and with every value of a scenario's only axis. */
export const everyValueIds = (scenarios: readonly Scenario[]): ReadonlySet<string> =>
  covering(
    scenarios,
    (one) => {
      const pairs = pairsOf(one);
      return pairs.length > 0 ? pairs : [one.id];
    },
    () => true,
  );

/** The first case of each scenario, and each other that has something which none before it had. */
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

/** What several axes say together they say of any cause. */
function pairsOf({ axes }: { readonly axes: Axes }): string[] {
  const values = Object.entries(axes).map(([axis, value]) => `${axis}=${value}`);
  return values.flatMap((one, place) => values.slice(place + 1).map((other) => `${one} ${other}`));
}
