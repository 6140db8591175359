import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { groupBy } from "../../reports/read/record-queries.ts";
import type { Baseline, BaselineEntry } from "./file.ts";
import { covers, failuresIn, judgeBaseline, type BaselineContext } from "./judge.ts";
import { matchesPattern } from "./pattern.ts";

/** Lifetime of a new entry, in days. */
const acceptedDays = 90;

/**
 * Returns a baseline that accepts the failures of a run. Keeps entries that still hold and entries that only expired,
 * because a person decides about those. Removes other obsolete entries and adds entries for new failures.
 */
export function updatedBaseline(
  record: RunRecord,
  before: Baseline,
  circumstances: BaselineContext,
): Baseline {
  const { obsolete, worse } = judgeBaseline(record, before, circumstances);
  const gone = new Set(
    obsolete.flatMap(({ kind, requirement, cases }) =>
      kind === "expired" ? [] : [`${requirement} ${cases}`],
    ),
  );
  const kept = before.entries.filter(({ requirement, cases }) => !gone.has(`${requirement} ${cases}`));
  const isNew = new Set(
    worse
      .filter((one) => !kept.some((entry) => covers(entry, one.case, one.requirement)))
      .map((one) => `${one.requirement} ${one.case}`),
  );
  const found = failuresIn(record.cases).filter(({ id, requirement }) => isNew.has(`${requirement} ${id}`));
  const added = [
    ...groupBy(found, ({ requirement, scenario }) => `${requirement} ${scenario}`).values(),
  ].flatMap((group) => entriesFor(group, record.cases, circumstances));
  return { entries: [...kept, ...added] };
}

type Failures = ReturnType<typeof failuresIn>;

/**
 * Returns one entry for the whole scenario if all its cases ran and every judged one failed, and one entry per case
 * otherwise.
 */
function entriesFor(
  group: Failures,
  cases: readonly CaseRecord[],
  { catalogue, today }: Pick<BaselineContext, "catalogue" | "today">,
): BaselineEntry[] {
  const [first] = group;
  if (first === undefined) return [];
  const { requirement, scenario } = first;
  const whole = `${scenario}[*]`;
  const passes = cases.some(
    ({ id, verdicts }) =>
      matchesPattern(whole, id) &&
      verdicts.some((verdict) => verdict.requirement === requirement) &&
      !group.some((failure) => failure.id === id),
  );
  const asked = new Set(cases.map(({ id }) => id));
  const allAsked = catalogue
    .filter(({ id, checks }) => matchesPattern(whole, id) && requirement in checks)
    .every(({ id }) => asked.has(id));
  const patterns = group.length > 1 && allAsked && !passes ? [whole] : group.map(({ id }) => id);
  return patterns.map((pattern) => ({
    requirement,
    cases: pattern,
    reason: `it failed on ${today}; say why that is accepted`,
    owner: "nobody yet",
    expires: daysAfter(today, acceptedDays),
  }));
}

function daysAfter(date: string, days: number): string {
  const later = new Date(`${date}T00:00:00Z`);
  later.setUTCDate(later.getUTCDate() + days);
  return later.toISOString().slice(0, 10);
}
