import { bindingIds } from "../../harness/judge/outcome.ts";
import type { AgainstBaseline, CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { worst } from "../../harness/judge/verdict.ts";
import { groupBy } from "../../reports/read/record-queries.ts";
import type { Baseline, BaselineEntry } from "./file.ts";
import type { Finding } from "./finding.ts";
import { judgeEntry, type BaselineCatalogue, type JudgedEntry } from "./judge-entry.ts";
import { matchesPattern } from "./pattern.ts";
import {
  furtherRaces,
  isRandom,
  noEntry,
  type FurtherRace,
  type OpenFailure,
} from "./rates/further-races.ts";
import { falseAlarm, talliesOf } from "./rates/rate.ts";

export interface BaselineContext {
  /** Name of the file for messages. */
  readonly file: string;
  readonly catalogue: BaselineCatalogue;
  /** Current day as an ISO 8601 date: YYYY-MM-DD. */
  readonly today: string;
}

/** Part of a run that a baseline is compared with. */
export type JudgedRun = Pick<RunRecord, "cases" | "requirements" | "waivers" | "strict" | "environment">;

/** Finding that no entry accepts, with the reason. */
export interface Refused extends Finding {
  readonly why: string;
  /** True if an entry accepts the finding in general, but not as often as in this case. */
  readonly isCaseRate: boolean;
  /** True if an entry is about it, and a person has to decide. */
  readonly isCovered: boolean;
}

/** Findings of a run by their entries. */
export interface AssessedRun {
  readonly entries: readonly JudgedEntry[];
  readonly accepted: readonly (Finding & { readonly entry: BaselineEntry })[];
  /** Known races in cases that no entry names. They are accepted, too. */
  readonly further: readonly FurtherRace[];
  /** Findings of binding requirements that the catalogue did not have at the last update. */
  readonly newer: readonly Finding[];
  readonly worse: readonly Refused[];
  /** Inconclusive findings of binding requirements, in cases without an accepted failure. */
  readonly open: readonly Refused[];
}

/** Assigns each finding of a run to the entry that accepts it. */
export function assessRun(record: JudgedRun, baseline: Baseline, context: BaselineContext): AssessedRun {
  const binding = bindingIds(record);
  const { entries, updates = 0 } = baseline;
  const level = falseAlarm / comparisonsIn(record.cases, entries);
  const entryContext = { ...context, entries, updates, level };
  const judged = entries.map((entry) => judgeEntry(entry, record, entryContext));
  const known = baseline.requirements === undefined ? undefined : new Set(baseline.requirements);
  const accepted: AssessedRun["accepted"][number][] = [];
  const newer: Finding[] = [];
  const refused: Refused[] = [];
  const open = new Map<OpenFailure, readonly JudgedEntry[]>();
  for (const finding of findingsIn(record.cases)) {
    const own = judged.filter(({ entry }) => covers(entry, finding));
    const accepting = own.find((one) => refusal(one, finding) === undefined);
    if (accepting !== undefined) accepted.push({ ...finding, entry: accepting.entry });
    else if (binding.has(finding.requirement)) {
      if (known?.has(finding.requirement) === false) newer.push(finding);
      else if (finding.kind === "fail" && own.every(({ isByRate }) => isByRate === true))
        open.set({ ...finding, isNamed: own.length > 0 }, own);
      else refused.push(refusedBy(own, finding));
    }
  }
  const inForce = judged.flatMap(({ entry, refuses, obsolete, isByRate }) =>
    obsolete === undefined && (refuses === undefined || isByRate === true) ? [entry] : [],
  );
  const inRun = { cases: record.cases, entries: inForce, measured: baseline.cases ?? {}, level };
  const races = furtherRaces([...open.keys()], inRun);
  const further: FurtherRace[] = [];
  for (const [failure, own] of open) {
    const race = races.get(failure);
    if (race !== undefined && "entry" in race) further.push({ ...failure, entry: race.entry });
    else refused.push({ ...refusedBy(own, failure), ...(failure.isNamed ? {} : race) });
  }
  const isExcused = new Set(
    [...accepted, ...further, ...refused, ...newer].flatMap(({ id, kind }) => (kind === "fail" ? [id] : [])),
  );
  return {
    entries: judged,
    accepted,
    further,
    newer,
    worse: refused.filter(({ kind }) => kind === "fail"),
    open: refused.filter(({ kind, id }) => kind === "inconclusive" && !isExcused.has(id)),
  };
}

/** Compares a run with its baseline. Lists new failures, accepted findings and obsolete entries. */
export function judgeBaseline(
  record: JudgedRun,
  baseline: Baseline,
  context: BaselineContext,
): AgainstBaseline {
  const { entries, accepted, further, newer, worse } = assessRun(record, baseline, context);
  const warnings = [...entries.flatMap(({ warning }) => warning ?? []), ...furtherWords(further)];
  return {
    file: context.file,
    worse: worse.map(({ id, requirement, why }) => ({ case: id, requirement, why })),
    known: [...accepted, ...further].map(
      ({ id, requirement, entry: { reason, owner, expires, accepts } }) => ({
        case: id,
        requirement,
        reason,
        owner,
        expires,
        ...(accepts === undefined ? {} : { accepts }),
      }),
    ),
    obsolete: entries.flatMap(({ entry: { requirement, cases }, obsolete }) =>
      obsolete === undefined ? [] : [{ requirement, cases, ...obsolete }],
    ),
    ...(newer.length === 0
      ? {}
      : { newer: newer.map(({ id, requirement, kind }) => ({ case: id, requirement, kind })) }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

/** Says which cases no update has seen failing. */
function furtherWords(further: readonly FurtherRace[]): string[] {
  const unseen = further.filter(({ isNamed }) => !isNamed);
  return [...groupBy(unseen, ({ requirement }) => requirement)].map(
    ([requirement, own]) =>
      `${requirement} failed now and then also in ${own.map(({ id }) => id).join(", ")}, as it does in other cases: a known race. \`--update-baseline\` gives it an entry there.`,
  );
}

/**
 * Returns true if an entry is about this finding. An entry with a rate is about random histories, too: each run plays other ones, and they show any
 * race of the server.
 */
export const covers = (
  { requirement, cases, accepts, maxRate }: BaselineEntry,
  finding: Pick<Finding, "id" | "requirement" | "kind">,
): boolean =>
  requirement === finding.requirement &&
  (accepts ?? "fail") === finding.kind &&
  (matchesPattern(cases, finding.id) || (maxRate !== undefined && isRandom(finding.id)));

/** Lists each requirement that a case failed or left open, once. */
function findingsIn(cases: readonly CaseRecord[]): readonly Finding[] {
  return cases.flatMap(({ id, scenario, verdicts }) =>
    [...groupBy(verdicts, ({ requirement }) => requirement)].flatMap(([requirement, checks]) => {
      const kind = worst(checks.map((check) => check.kind));
      return kind === "fail" || kind === "inconclusive" ? [{ id, scenario, requirement, kind }] : [];
    }),
  );
}

/** Returns the number of rates that a run compares: of each entry, and of each of its cases. At least 1. */
export function comparisonsIn(
  cases: readonly Pick<CaseRecord, "id" | "verdicts">[],
  entries: readonly BaselineEntry[],
): number {
  return entries
    .filter(({ maxRate }) => maxRate !== undefined)
    .reduce((sum, entry) => sum + 1 + talliesOf(entry, cases, entries).length, 1);
}

const refusal = ({ refuses, refusesIn }: JudgedEntry, { id }: Finding): string | undefined =>
  refuses ?? refusesIn?.get(id);

function refusedBy([first]: readonly JudgedEntry[], finding: Finding): Refused {
  const isCaseRate = first?.refusesIn?.has(finding.id) === true;
  return {
    ...finding,
    why: (first && refusal(first, finding)) ?? noEntry,
    isCaseRate,
    isCovered: first !== undefined && !isCaseRate,
  };
}
