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

/** Such a failure that is a known race, and the entry of another case that shows it. */
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

/** The entry of another case that shows the race of a failure, or the reason why there is none. */
type RaceOrReason = { readonly entry: BaselineEntry } | { readonly why: string };

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
 * estimate it (Good, "The population frequencies of species and the estimation of population parameters", Biometrika 40, 1953). Without a
 * neighbour that races, one case of a requirement may.
 */
export function furtherRaces(
  failures: readonly OpenFailure[],
  context: FurtherRacesContext,
): ReadonlyMap<OpenFailure, RaceOrReason> {
  const judged = new Map<OpenFailure, RaceOrReason>();
  for (const [requirement, own] of groupBy(failures, (one) => one.requirement)) {
    const races = racesOf(requirement, context.entries);
    if (races.length === 0) continue;
    const strangers: OpenFailure[] = [];
    const added: OpenFailure[] = [];
    for (const failure of own) {
      const near = races.filter((entry) => isNear(entry, failure));
      const one = raceOf(failure, near.length > 0 ? near : races, context);
      judged.set(failure, one);
      if ("why" in one) continue;
      if (near.length === 0) strangers.push(failure);
      else if (!failure.isNamed) added.push(failure);
    }
    const tooMany = [
      ...(strangers.length > strangersMax ? strangers : []),
      ...(isMore(added.length, requirement, races, context) ? added : []),
    ];
    const why = `it is one of ${countOf(tooMany.length, "new case")} of a known race, more than chance explains`;
    for (const failure of tooMany) judged.set(failure, { why });
  }
  return judged;
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
  const [one, other] = [placeOf(cases), placeOf(id)];
  if (one.scenario === other.scenario) return true;
  return one.folder === other.folder && one.phase !== undefined && one.phase === other.phase;
}

/** Returns the parts of a case's id, or of a pattern, that say where a case belongs. */
const placeOf = (id: string) => ({
  scenario: /^[^[]*/.exec(id)?.[0],
  folder: /^[^/]*/.exec(id)?.[0],
  phase: /phase=([\w-]+)/.exec(id)?.[1],
});

/** Reason for a failure that no entry is about. */
export const noEntry = "no entry of the baseline accepts it";

/** Returns the entry with the highest rate. Random histories are many, so that their rate says less of one case. */
function worstOf(races: readonly BaselineEntry[]): BaselineEntry | undefined {
  const byRate = races.toSorted((a, b) => (b.maxRate ?? 0) - (a.maxRate ?? 0));
  return byRate.find(({ cases }) => !isRandom(cases)) ?? byRate[0];
}

function raceOf(
  { id }: Finding,
  races: readonly BaselineEntry[],
  { cases, level }: FurtherRacesContext,
): RaceOrReason {
  const entry = worstOf(races);
  const run = cases.find((one) => one.id === id);
  const tally = entry && run && tallyIn(run, entry);
  if (tally === undefined) return { why: noEntry };
  const isRare =
    tally.occurrences <= furtherRateMax * tally.attempts &&
    !isClearlyHigher(tally, entry?.maxRate ?? 1, level);
  if (isRare && entry !== undefined) return { entry };
  return {
    why: `it failed in ${tally.occurrences} of ${countOf(tally.attempts, "attempt")}, more often than a known race of other cases`,
  };
}

/** Returns true if a run shows a race in more cases for the first time than chance explains. */
function isMore(
  count: number,
  requirement: string,
  races: readonly BaselineEntry[],
  { cases, measured }: FurtherRacesContext,
): boolean {
  const seenOnce = races.filter(({ runs, cases: own }) => runs === 1 && !isRandom(own)).length;
  const asked = cases.filter((one) => tallyIn(one, { requirement }) !== undefined);
  const attempts = asked.reduce((sum, { id }) => sum + (measured[id]?.attempts ?? 0), 0);
  const expected = ((seenOnce + 1) * asked.length) / Math.max(1, attempts);
  return atLeast(count, expected) < newCasesLevel;
}

/**
 * Returns the probability that a Poisson variable with this mean is at least `count`. The binomial distribution of equal cases would be
 * too narrow, since some cases lose a race far more often than others.
 */
function atLeast(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let below = 0;
  for (let k = 0; k < count; k += 1) {
    below += term;
    term *= mean / (k + 1);
  }
  return Math.max(0, 1 - below);
}
