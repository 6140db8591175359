import type { CaseRecord } from "../../../harness/judge/record.ts";
import { groupBy } from "../../../reports/read/record-queries.ts";
import { countOf } from "../../../reports/words/text.ts";
import type { Baseline, BaselineEntry } from "../file.ts";
import type { Finding } from "../finding.ts";
import { isClearlyHigher, tallyIn } from "./rate.ts";

/** Failure that no entry of its own case accepts. */
export interface OpenFailure extends Finding {
  /** True if an entry names the case, but accepts the failure less often. */
  readonly isNamed: boolean;
}

/** Such a failure, and the entry of another case that shows its race. */
export interface FurtherRace extends OpenFailure {
  readonly entry: BaselineEntry;
}

interface FurtherRacesContext {
  readonly cases: readonly CaseRecord[];
  /** Entries that are in force. */
  readonly entries: readonly BaselineEntry[];
  /** Attempts at each case in all updates. */
  readonly measured: NonNullable<Baseline["cases"]>;
  /** Probability below which a rate is higher than by chance. */
  readonly level: number;
}

interface JudgedRaces {
  readonly further: readonly FurtherRace[];
  /** Reasons for the failures of requirements with known races that are none. */
  readonly refused: ReadonlyMap<Finding, string>;
}

/** Largest rate of a further race. A case that fails more often now fails always, or nearly so. */
const furtherRateMax = 0.8;

/** Highest probability by which so many new cases are no chance. */
const newCasesLevel = 0.001;

/** Number of cases of a requirement in which a run may show a race that is known in other scenarios and phases only. */
const strangersMax = 1;

/**
 * Returns the failures that are known races in further cases. A race that 1 of 10 attempts loses has shown in a part of its cases only, and each
 * run finds it in others. How often a case loses it depends on the machine's timing, so that its rate may also be that of its neighbours: the
 * cases of its scenario, and those of its folder in its phase. Such a case does not fail nearly always, and not clearly more often than the
 * worst of those neighbours. The number of cases without an entry is no more than chance explains: the entries that exactly one update saw
 * estimate it (Good, "The population frequencies of species and the estimation of population parameters", Biometrika 40, 1953), as the mean
 * of a Poisson distribution. Without a neighbour that races, one case of a requirement may.
 */
export function furtherRaces(failures: readonly OpenFailure[], context: FurtherRacesContext): JudgedRaces {
  const further: FurtherRace[] = [];
  const refused = new Map<Finding, string>();
  for (const [requirement, own] of groupBy(failures, (one) => one.requirement)) {
    const races = racesOf(requirement, context.entries);
    if (races.length === 0) continue;
    const rare = own.flatMap((failure): (FurtherRace & { readonly isStranger: boolean })[] => {
      const near = races.filter((entry) => isNear(entry, failure));
      const entry = worstOf(near.length > 0 ? near : races);
      const why = entry && refusal(failure, entry, context);
      if (why !== undefined) refused.set(failure, why);
      return entry === undefined || why !== undefined
        ? []
        : [{ ...failure, entry, isStranger: near.length === 0 }];
    });
    const strangers = rare.filter(({ isStranger }) => isStranger);
    const added = rare.filter(({ isStranger, isNamed }) => !isStranger && !isNamed);
    const tooMany = new Set(
      [
        ...(strangers.length > strangersMax ? strangers : []),
        ...(atLeast(added.length, expectedIn(requirement, races, context)) < newCasesLevel ? added : []),
      ].map(({ id }) => id),
    );
    further.push(...rare.filter(({ id }) => !tooMany.has(id)));
    for (const failure of own)
      if (tooMany.has(failure.id))
        refused.set(
          failure,
          `it is one of ${countOf(tooMany.size, "new case")} of a known race, more than chance explains`,
        );
  }
  return { further, refused };
}

/** Returns the entries whose updates saw a requirement fail now and then. */
export const racesOf = (requirement: string, entries: readonly BaselineEntry[]): readonly BaselineEntry[] =>
  entries.filter(
    (entry) =>
      entry.requirement === requirement &&
      entry.accepts === undefined &&
      entry.maxRate !== undefined &&
      entry.attempts !== undefined,
  );

/** Returns true for a random history, and for a pattern that has only those. */
export const isRandom = (cases: string): boolean => cases.startsWith("properties/");

/** Returns true if an entry is about the scenario of a case, or about its folder and phase. */
function isNear({ cases }: BaselineEntry, { id }: Finding): boolean {
  const [one, other] = [cases, id].map((text) => ({
    scenario: /^[^[]*/.exec(text)?.[0],
    folder: /^[^/]*/.exec(text)?.[0],
    phase: /phase=([\w-]+)/.exec(text)?.[1],
  }));
  if (one === undefined || other === undefined) return false;
  if (one.scenario === other.scenario) return true;
  return one.folder === other.folder && one.phase !== undefined && one.phase === other.phase;
}

/** Returns the entry with the highest rate. Random histories are many, so that their rate says less of one case. */
function worstOf(races: readonly BaselineEntry[]): BaselineEntry | undefined {
  const byRate = races.toSorted((a, b) => (b.maxRate ?? 0) - (a.maxRate ?? 0));
  return byRate.find(({ cases }) => !isRandom(cases)) ?? byRate[0];
}

function refusal(
  { id }: Finding,
  worst: BaselineEntry,
  { cases, level }: FurtherRacesContext,
): string | undefined {
  const run = cases.find((one) => one.id === id);
  const tally = run && tallyIn(run, worst);
  if (tally === undefined) return "no entry of the baseline accepts it";
  const isRare =
    tally.occurrences <= furtherRateMax * tally.attempts &&
    !isClearlyHigher(tally, worst.maxRate ?? 1, level);
  if (isRare) return undefined;
  return `it failed in ${tally.occurrences} of ${countOf(tally.attempts, "attempt")}, more often than a known race of other cases`;
}

/** Returns how many cases of a race a run is expected to show for the first time. */
function expectedIn(
  requirement: string,
  races: readonly BaselineEntry[],
  { cases, measured }: FurtherRacesContext,
): number {
  const seenOnce = races.filter(({ runs, cases: own }) => runs === 1 && !isRandom(own)).length;
  const asked = cases.filter((one) => tallyIn(one, { requirement }) !== undefined);
  const attempts = asked.reduce((sum, { id }) => sum + (measured[id]?.attempts ?? 0), 0);
  return ((seenOnce + 1) * asked.length) / Math.max(1, attempts);
}

/** Returns the probability that a Poisson variable with this mean is at least `count`. */
function atLeast(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let below = 0;
  for (let k = 0; k < count; k += 1) {
    below += term;
    term *= mean / (k + 1);
  }
  return Math.max(0, 1 - below);
}
