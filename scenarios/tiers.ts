import { casesOf, type Axes, type Case, type Scenario } from "../harness/scenario.ts";

/**
 * The cases of the quick tier: the first of each scenario, and as few others as have, among them all, each pair of values
 * of two axes. So every cause is asked, every transport in every phase, and every value of a scenario's only axis.
 * @param canBeAsked whether the target and the machine allow a case; one that they don't is there only for a scenario of
 *   which they allow none
 * @returns their ids
 */
export function quickIds(
  scenarios: readonly Scenario[],
  canBeAsked: (one: Case) => boolean = () => true,
): ReadonlySet<string> {
  const covered = new Set<string>();
  const quick = new Set<string>();
  const take = (one: Case) => {
    quick.add(one.id);
    for (const pair of pairsOf(one)) covered.add(pair);
  };
  const asked = scenarios.map((scenario) => {
    const cases = casesOf(scenario);
    const possible = cases.filter(canBeAsked);
    return possible.length === 0 ? cases.slice(0, 1) : possible;
  });
  for (const [first] of asked) if (first !== undefined) take(first);
  for (const one of asked.flat()) if (pairsOf(one).some((pair) => !covered.has(pair))) take(one);
  return quick;
}

/** A value of an only axis means something in its own scenario alone; what several axes say they say of any cause. */
function pairsOf({ axes, scenario }: { readonly axes: Axes; readonly scenario: Scenario }): string[] {
  const values = Object.entries(axes).map(([axis, value]) => `${axis}=${value}`);
  if (values.length < 2) return values.map((value) => `${scenario.id} ${value}`);
  return values.flatMap((one, place) => values.slice(place + 1).map((other) => `${one} ${other}`));
}
