import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { groupBy } from "../../reports/read/record-queries.ts";
import type { Baseline, BaselineEntry } from "./file.ts";
import { covers, failuresIn, judgeBaseline, type BaselineContext } from "./judge.ts";
import { matchesPattern } from "./pattern.ts";

/** How long a new entry is accepted, in days. */
const acceptedDays = 90;

/**
 * The baseline that accepts what a run has found. Entries that still hold stay as somebody wrote them; those that are
 * obsolete go, except where only their date is over: whether to accept it longer is for a person to say. What fails
 * beyond that gets entries of its own.
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

/** One entry for a scenario whose cases were all asked and, as far as they were judged, fail; otherwise one for each case. */
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
