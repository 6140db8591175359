import type { Case } from "../../harness/scenario/scenario.ts";
import { columnKey } from "../../reports/kill-matrix/record.ts";
import { columnsOf } from "./columns.ts";
import type { DeclaredMutant } from "./judge-mutant.ts";

type ServerOptions = NonNullable<DeclaredMutant["options"]>;

/** Mutant with its cases. */
export interface PlannedMutant {
  readonly mutant: DeclaredMutant;
  /** Rounds of cases, run one after another until the mutant is found. No case is in two rounds. */
  readonly rounds: readonly (readonly Case[])[];
}

/** Mutants whose servers have the same options, so that they share one unbroken server. */
export interface MutantGroup {
  readonly options: ServerOptions;
  readonly planned: readonly PlannedMutant[];
  /** All cases of the group, each once. The unbroken server runs these. */
  readonly cases: readonly Case[];
}

export interface CaseChoice {
  /** Cases to choose from. */
  readonly cases: readonly Case[];
  /** Ids of scenarios whose first case every mutant runs. */
  readonly smoke: readonly string[];
  /** True to run every case on every mutant. */
  readonly everyCase: boolean;
}

/** Number of cases per check in a mutant's first rounds. Most mutants fail in any few cases of a check. The last round has all others. */
const ofEach = [4, 12];

/**
 * Chooses cases for each mutant: those that judge the requirements that it breaks, and the smoke set. Groups mutants
 * that share an unbroken server.
 */
export function planMutants(mutants: readonly DeclaredMutant[], choice: CaseChoice): MutantGroup[] {
  const { cases: all } = choice;
  const groups = new Map<string, { readonly options: ServerOptions; readonly planned: PlannedMutant[] }>();
  for (const mutant of mutants) {
    const { options = {} } = mutant;
    const key = JSON.stringify(Object.entries(options).toSorted());
    const group = groups.get(key) ?? { options, planned: [] };
    group.planned.push({ mutant, rounds: roundsOf(mutant, choice) });
    groups.set(key, group);
  }
  return [...groups.values()].map(({ options, planned }) => {
    const asked = new Set(planned.flatMap(({ rounds }) => rounds.flat()));
    return { options, planned, cases: all.filter((one) => asked.has(one)) };
  });
}

function roundsOf(
  { breaks }: DeclaredMutant,
  { cases: all, smoke, everyCase }: CaseChoice,
): PlannedMutant["rounds"] {
  if (everyCase) return [all];
  const own = all.filter((one) => breaks.some((id) => id in one.checks));
  const byColumn = new Map<string, Case[]>();
  for (const one of own)
    for (const column of columnsOf([one]))
      if (breaks.includes(column.requirement))
        byColumn.set(columnKey(column), [...(byColumn.get(columnKey(column)) ?? []), one]);
  const smokeCases = smoke.flatMap((wanted) => all.find(({ scenario }) => scenario.id === wanted) ?? []);
  const chosen = ofEach.map((number) => [...byColumn.values()].flatMap((cases) => spread(cases, number)));
  const taken = new Set<Case>();
  return [[...smokeCases, ...(chosen[0] ?? [])], ...chosen.slice(1), own].map((wanted) => {
    const round = all.filter((one) => wanted.includes(one) && !taken.has(one));
    for (const one of round) taken.add(one);
    return round;
  });
}

/** Returns a number of items, spread evenly over all of them. */
function spread<T>(items: readonly T[], number: number): T[] {
  const step = Math.max(1, items.length / number);
  return items.filter((_, place) => Math.floor(place / step) > Math.floor((place - 1) / step));
}
