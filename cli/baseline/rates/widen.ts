import type { CaseRecord } from "../../../harness/judge/record.ts";
import { groupBy } from "../../../reports/read/record-queries.ts";
import type { Baseline, BaselineEntry } from "../file.ts";
import { commonPattern, matchesPattern } from "../pattern.ts";
import { falseAlarm, isClearlyHigher, maxRateOf, tallyIn, tallyOf } from "./rate.ts";

/** Owner of a new entry, until a person takes it. */
export const unassigned = "nobody yet";

/** Smallest number of cases of one requirement that must race before the race is taken to be in further cases. */
const racesMin = 3;

/** Estimated share of findings in cases that have not raced yet, from which on that is so. */
const unseenShareMin = 0.1;

/**
 * Puts races of one requirement into one entry with a pattern, if they can show in further cases. A race that shows in 1 of 10
 * attempts has shown in a part of its cases only, and the next run would find it in others. The share of findings that will be in
 * unseen cases is estimated by the share of findings seen in exactly one update (Good, "The population frequencies of species
 * and the estimation of population parameters", Biometrika 40, 1953). Entries that a person has taken stay as they are.
 */
export function widenRaces(
  entries: readonly BaselineEntry[],
  cases: readonly CaseRecord[],
  measured: NonNullable<Baseline["cases"]>,
): BaselineEntry[] {
  const races = entries.filter(
    ({ owner, maxRate, attempts }) => owner === unassigned && maxRate !== undefined && attempts !== undefined,
  );
  const groups = groupBy(races, ({ requirement, accepts = "fail" }) => `${accepts} ${requirement}`);
  const replaced = new Set<BaselineEntry>();
  const wide = [...groups.values()].flatMap((group) => {
    const entry = widened(group, entries, { cases, measured, replaced });
    return entry === undefined ? [] : [entry];
  });
  return [...entries.filter((entry) => !replaced.has(entry)), ...wide];
}

interface WideningContext {
  readonly cases: readonly CaseRecord[];
  readonly measured: NonNullable<Baseline["cases"]>;
  /** Collects the entries that the wide one replaces. */
  readonly replaced: Set<BaselineEntry>;
}

function widened(
  races: readonly BaselineEntry[],
  entries: readonly BaselineEntry[],
  { replaced, ...context }: WideningContext,
): BaselineEntry | undefined {
  if (!maySpread(races)) return undefined;
  const first = joined(races, entries, context);
  // A case that loses the race far more often than the others keeps its own entry.
  const alike = races.filter((entry) => {
    const tally = tallyOf(entry);
    return tally === undefined || !isClearlyHigher(tally, first?.maxRate ?? 1, falseAlarm / races.length);
  });
  if (!maySpread(alike)) return undefined;
  for (const entry of alike) replaced.add(entry);
  return joined(alike, entries, context);
}

function maySpread(races: readonly BaselineEntry[]): boolean {
  const seenOnce = races.filter(({ runs }) => runs === 1).length;
  if (races.some(({ cases }) => cases.includes("*"))) return seenOnce > 0;
  const findings = races.reduce((sum, { runs = 1 }) => sum + runs, 0);
  return races.length >= racesMin && seenOnce / findings >= unseenShareMin;
}

/** Returns one entry for all of these. Its rate is that of all cases that its pattern matches and no other entry has. */
function joined(
  races: readonly BaselineEntry[],
  entries: readonly BaselineEntry[],
  { cases, measured }: Omit<WideningContext, "replaced">,
): BaselineEntry | undefined {
  const [first] = races;
  if (first === undefined) return undefined;
  const pattern = commonPattern(races.map((entry) => entry.cases));
  const others = entries.filter(
    (entry) =>
      entry.requirement === first.requirement && entry.accepts === first.accepts && !races.includes(entry),
  );
  const attemptsThere = cases
    .filter(({ id }) => matchesPattern(pattern, id))
    .filter(({ id }) => !others.some((other) => matchesPattern(other.cases, id)))
    .filter((one) => tallyIn(one, first) !== undefined)
    .reduce((sum, { id }) => sum + (measured[id]?.attempts ?? 0), 0);
  const sum = (of: (entry: BaselineEntry) => number) => races.reduce((total, one) => total + of(one), 0);
  const tally = {
    attempts: Math.max(
      attemptsThere,
      sum(({ attempts = 0 }) => attempts),
    ),
    occurrences: sum(({ occurrences = 0 }) => occurrences),
  };
  const runs = Math.max(...races.map((one) => one.runs ?? 1));
  const happens = first.accepts === undefined ? "it fails" : "it is inconclusive";
  return {
    ...first,
    cases: pattern,
    reason: `${happens} now and then; say why that is accepted`,
    maxRate: maxRateOf(tally) ?? 0.999,
    ...tally,
    runs,
  };
}
