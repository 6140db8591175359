import type { Case } from "../../harness/scenario/scenario.ts";
import { columnKey } from "../../reports/kill-matrix/record.ts";
import { columnsOf } from "./columns.ts";
import type { DeclaredMutant } from "./judge-mutant.ts";

type ServerOptions = NonNullable<DeclaredMutant["options"]>;

/** A mutant, and what it is asked. */
export interface PlannedMutant {
  readonly mutant: DeclaredMutant;
  /** One after the other, until the mutant is found out. No case is in two of them. */
  readonly rounds: readonly (readonly Case[])[];
}

/** Mutants whose servers run with the same options, and so are held against the same unbroken one. */
export interface MutantGroup {
  readonly options: ServerOptions;
  readonly planned: readonly PlannedMutant[];
  /** Every case that any of them is asked, each once: what the unbroken server is asked. */
  readonly cases: readonly Case[];
}

export interface CaseChoice {
  /** The cases to choose from. */
  readonly cases: readonly Case[];
  /** Ids of scenarios of which every mutant meets the first case. */
  readonly smoke: readonly string[];
  /** Every mutant meets every case. */
  readonly everyCase: boolean;
}

/**
 * How many cases of each check of what a mutant breaks are in its first round. Some checks are asked by every case: a
 * mutant that fails one of them nearly always does so in any dozen.
 */
const firstOfEach = 12;

/**
 * Chooses for each mutant the cases that judge what it breaks, and those of the smoke set; puts together the mutants that
 * can be held against one unbroken server.
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
  const first = new Set([
    ...smoke.flatMap((wanted) => all.find(({ scenario }) => scenario.id === wanted) ?? []),
    ...[...byColumn.values()].flatMap((cases) => spread(cases, firstOfEach)),
  ]);
  return [all.filter((one) => first.has(one)), own.filter((one) => !first.has(one))];
}

/** So many of the items, evenly from among all. */
function spread<T>(items: readonly T[], number: number): T[] {
  const step = Math.max(1, items.length / number);
  return items.filter((_, place) => Math.floor(place / step) > Math.floor((place - 1) / step));
}
