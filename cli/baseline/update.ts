import type { CaseRecord } from "../../harness/judge/record.ts";
import { groupBy } from "../../reports/read/record-queries.ts";
import type { Tally } from "./rates/binomial.ts";
import type { Baseline, BaselineEntry, MeasuredCase } from "./file.ts";
import type { Finding } from "./finding.ts";
import { assessRun, type BaselineContext, type JudgedRun, type Refused } from "./judge.ts";
import { passesIn } from "./judge-entry.ts";
import { matchesPattern } from "./pattern.ts";
import { falseAlarm, isClearlyHigher, maxRateOf, sumOf, talliesOf, tallyIn, tallyOf } from "./rates/rate.ts";

/** Owner of a new entry, until a person takes it. */
const unassigned = "nobody yet";

/** Lifetime of a new entry, in days. */
const acceptedDays = 90;

export interface UpdateContext extends BaselineContext {
  /** Ids of all requirements of the catalogue. */
  readonly requirements: readonly string[];
  /** True to remove entries without a rate whose cases all passed in this run. */
  readonly dropsPassed: boolean;
}

type UpdatedFinding = Finding & Partial<Pick<Refused, "isCaseRate">>;

/**
 * Returns a baseline that accepts the findings of a run beside those of earlier runs. Adds the run's attempts to the counts of
 * each entry, and adds entries for new findings. Removes entries that match nothing. An entry whose cases pass stays, unless
 * `dropsPassed` is true and it has no rate. An expired entry stays, because a person decides about it.
 */
export function updatedBaseline(record: JudgedRun, before: Baseline, context: UpdateContext): Baseline {
  const { catalogue, requirements, dropsPassed } = context;
  const updates = (before.updates ?? 0) + 1;
  const kept = assessRun(record, before, context).entries.flatMap(({ entry, obsolete }) => {
    if (obsolete?.kind === "unmatched" || obsolete?.kind === "stale") return [];
    // A race may just have been won everywhere.
    return dropsPassed && entry.maxRate === undefined && passesIn(entry, record, catalogue) ? [] : [entry];
  });
  const counted = kept.map((entry) => withAttempts(entry, record, kept, context));
  // Without its list of requirements, the baseline also refuses findings of newer ones.
  const { worse, open, further } = assessRun(record, { entries: counted, updates }, context);
  const found = [
    ...[...worse, ...open].filter(({ isCovered }) => !isCovered),
    ...further.filter(({ isNamed }) => !isNamed),
  ];
  const added = [
    ...groupBy(found, ({ requirement, scenario, kind }) => `${kind} ${requirement} ${scenario}`).values(),
  ].flatMap((group) => entriesFor(group, record.cases, before, context));
  return {
    entries: [...counted, ...added],
    updates,
    requirements: requirements.toSorted(),
    cases: measuredCases(record.cases, before.cases ?? {}, context),
  };
}

/**
 * Adds the attempts of a run to an entry. If the rate is clearly higher than before, the server has changed, and the counts begin
 * anew with this run.
 */
function withAttempts(
  entry: BaselineEntry,
  record: JudgedRun,
  entries: readonly BaselineEntry[],
  { catalogue }: UpdateContext,
): BaselineEntry {
  const now = sumOf(talliesOf(entry, record.cases, entries).map(({ tally }) => tally));
  const before = tallyOf(entry);
  if (now.attempts === 0) return entry;
  if (before === undefined) {
    // A person wrote this entry. It needs a rate only if its cases do not always fail.
    if (entry.maxRate !== undefined || !passesIn(entry, record, catalogue)) return entry;
    return withTally(entry, { attempts: now.attempts + 1, occurrences: 1 });
  }
  const { runs = 1 } = entry;
  if (isOtherRate(now, before)) return withTally(entry, now, runs + 1);
  return withTally(entry, sumOf([before, now]), now.occurrences > 0 ? runs + 1 : runs);
}

function isOtherRate(now: Tally, before: Tally): boolean {
  const maxRate = maxRateOf(before);
  return maxRate !== undefined && isClearlyHigher(now, maxRate, falseAlarm);
}

function withTally({ maxRate: _old, ...entry }: BaselineEntry, tally: Tally, runs = 1): BaselineEntry {
  const maxRate = maxRateOf(tally);
  return { ...entry, ...(maxRate === undefined ? {} : { maxRate }), ...tally, runs };
}

/**
 * Returns one entry for the whole scenario if all its cases ran and each that judged the requirement always had the finding, and
 * one entry for each case otherwise.
 */
function entriesFor(
  group: readonly UpdatedFinding[],
  cases: readonly CaseRecord[],
  before: Baseline,
  { catalogue, today }: UpdateContext,
): BaselineEntry[] {
  const [first] = group;
  if (first === undefined) return [];
  const { requirement, scenario, kind } = first;
  const whole = `${scenario}[*]`;
  const passes = cases.some(
    ({ id, verdicts }) =>
      matchesPattern(whole, id) &&
      verdicts.some((verdict) => verdict.requirement === requirement) &&
      !group.some((finding) => finding.id === id),
  );
  const asked = new Set(cases.map(({ id }) => id));
  const allAsked = catalogue
    .filter(({ id, checks }) => matchesPattern(whole, id) && requirement in checks)
    .every(({ id }) => asked.has(id));
  const tallies = group.map((finding) => tallyOfFinding(finding, cases, before));
  const always = tallies.every(({ attempts, occurrences }) => attempts === occurrences);
  const parts =
    group.length > 1 && allAsked && !passes && always
      ? [{ cases: whole, tally: sumOf(tallies) }]
      : group.map(({ id }, place) => ({ cases: id, tally: tallies[place] ?? sumOf([]) }));
  const happened = kind === "fail" ? "failed" : "was inconclusive";
  return parts.map((part) =>
    withTally(
      {
        requirement,
        cases: part.cases,
        ...(kind === "fail" ? {} : { accepts: kind }),
        reason: `it ${happened} on ${today}; say why that is accepted`,
        owner: unassigned,
        expires: daysAfter(today, acceptedDays),
      },
      part.tally,
    ),
  );
}

/** Returns the counts of a new finding. Attempts of earlier updates passed, because the baseline has no entry for them. */
function tallyOfFinding(
  { id, requirement, kind, isCaseRate = false }: UpdatedFinding,
  cases: readonly CaseRecord[],
  before: Baseline,
): Tally {
  const run = cases.find((one) => one.id === id);
  const now = run && tallyIn(run, kind === "fail" ? { requirement } : { requirement, accepts: kind });
  if (now === undefined) return { attempts: 1, occurrences: 1 };
  const passed = { attempts: before.cases?.[id]?.attempts ?? 0, occurrences: 0 };
  if (isCaseRate || passed.attempts === 0 || isOtherRate(now, passed)) return now;
  return sumOf([passed, now]);
}

/** Returns the measurements of all updates, in the order of the catalogue. */
function measuredCases(
  cases: readonly CaseRecord[],
  before: Readonly<Record<string, MeasuredCase>>,
  { catalogue }: BaselineContext,
): Record<string, MeasuredCase> {
  const now = new Map(cases.map((one) => [one.id, one]));
  return Object.fromEntries(
    catalogue.flatMap(({ id }): [string, MeasuredCase][] => {
      const old = before[id];
      const run = now.get(id);
      const attempts = Math.max(0, ...(run?.verdicts.map((one) => one.attempts) ?? []));
      if (run === undefined || attempts === 0) return old === undefined ? [] : [[id, old]];
      const durationMs = Math.round(run.durationMs * attempts);
      return [[id, { attempts: (old?.attempts ?? 0) + attempts, durationMs }]];
    }),
  );
}

function daysAfter(date: string, days: number): string {
  const later = new Date(`${date}T00:00:00Z`);
  later.setUTCDate(later.getUTCDate() + days);
  return later.toISOString().slice(0, 10);
}
