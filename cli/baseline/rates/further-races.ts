import type { CaseRecord } from "../../../harness/judge/record.ts";
import { groupBy } from "../../../reports/read/record-queries.ts";
import type { BaselineEntry } from "../file.ts";
import type { Finding } from "../judge.ts";
import { isClearlyHigher, tallyIn } from "./rate.ts";

/** Finding in a case without an entry, and the entry of another case that shows its race. */
export interface FurtherRace extends Finding {
  readonly entry: BaselineEntry;
}

interface FurtherRacesContext {
  readonly cases: readonly CaseRecord[];
  /** Entries that are in force. */
  readonly entries: readonly BaselineEntry[];
  /** Number of updates of the baseline. */
  readonly updates: number;
  /** Probability below which a rate is higher than by chance. */
  readonly level: number;
}

/** Largest rate of a further race. A case that fails more often than that is no rare loser of a known race. */
const furtherRateMax = 0.5;

/** Highest probability by which so many new cases are no chance. */
const newCasesLevel = 0.001;

/**
 * Returns the findings that are a known race in further cases. A race that 1 of 10 attempts loses has shown in a part of its cases only, and
 * each run finds it in others. Such a case fails in at most half of its attempts, and not clearly more often than the worst known case
 * of its requirement. The number of such cases is no more than chance explains: the findings that exactly one update saw estimate it
 * (Good, "The population frequencies of species and the estimation of population parameters", Biometrika 40, 1953), as the mean of a
 * Poisson distribution.
 * @param findings failures in cases that no entry names
 */
export function furtherRaces(findings: readonly Finding[], context: FurtherRacesContext): FurtherRace[] {
  return [...groupBy(findings, ({ requirement }) => requirement)].flatMap(([requirement, own]) => {
    const races = racesOf(requirement, context.entries);
    const [worst] = races.toSorted((a, b) => (b.maxRate ?? 0) - (a.maxRate ?? 0));
    if (worst === undefined) return [];
    const rare = own.filter(({ id }) => isRare(id, worst, context));
    const seenOnce = races.filter(({ runs }) => runs === 1).length;
    const expected = (seenOnce + 1) / Math.max(1, context.updates);
    return atLeast(rare.length, expected) < newCasesLevel
      ? []
      : rare.map((finding) => ({ ...finding, entry: worst }));
  });
}

/** Returns the entries of cases in which a requirement fails now and then. Random histories say nothing about the rate of one case. */
export const racesOf = (requirement: string, entries: readonly BaselineEntry[]): readonly BaselineEntry[] =>
  entries.filter(
    (entry) =>
      entry.requirement === requirement &&
      entry.accepts === undefined &&
      entry.maxRate !== undefined &&
      !isRandom(entry.cases),
  );

/** Returns true for a random history, and for a pattern that has only those. */
export const isRandom = (cases: string): boolean => cases.startsWith("properties/");

function isRare(id: string, worst: BaselineEntry, { cases, level }: FurtherRacesContext): boolean {
  const run = cases.find((one) => one.id === id);
  const tally = run && tallyIn(run, worst);
  return (
    tally !== undefined &&
    tally.occurrences <= furtherRateMax * tally.attempts &&
    !isClearlyHigher(tally, worst.maxRate ?? 1, level)
  );
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
