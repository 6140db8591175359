import { universalChecks } from "../../harness/judge/universal-checks.ts";
import type { AgainstBaseline, CaseRecord, CheckRecord, RunRecord } from "../../harness/judge/record.ts";
import { bindingIds } from "../../harness/judge/outcome.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import { groupBy } from "../../reports/read/record-queries.ts";
import type { Baseline, BaselineEntry } from "./file.ts";
import { matchesPattern } from "./pattern.ts";

/** All cases that exist, whether or not the run includes them. */
export type BaselineCatalogue = readonly Pick<Case, "id" | "needs" | "checks">[];

export interface BaselineContext {
  /** Name of the file for messages. */
  readonly file: string;
  readonly catalogue: BaselineCatalogue;
  /** Current day as an ISO 8601 date: YYYY-MM-DD. */
  readonly today: string;
}

/** Compares a run with its baseline. Lists new failures, known failures and obsolete entries. */
export function judgeBaseline(
  record: Pick<RunRecord, "cases" | "requirements" | "waivers" | "strict" | "environment">,
  { entries }: Baseline,
  { file, catalogue, today }: BaselineContext,
): AgainstBaseline {
  const binding = bindingIds(record);
  const judged = entries.map((entry) => judgeEntry(entry, record, { catalogue, today }));
  const worse: AgainstBaseline["worse"][number][] = [];
  const known: AgainstBaseline["known"][number][] = [];
  for (const { id, requirement } of failuresIn(record.cases)) {
    const own = judged.filter(({ entry }) => covers(entry, id, requirement));
    const accepting = own.find(({ refuses }) => refuses === undefined);
    if (accepting !== undefined) {
      const { reason, owner, expires } = accepting.entry;
      known.push({ case: id, requirement, reason, owner, expires });
    } else if (binding.has(requirement)) {
      worse.push({ case: id, requirement, why: own[0]?.refuses ?? "no entry of the baseline accepts it" });
    }
  }
  return {
    file,
    worse,
    known,
    obsolete: judged.flatMap(({ entry: { requirement, cases }, obsolete }) =>
      obsolete === undefined ? [] : [{ requirement, cases, ...obsolete }],
    ),
  };
}

/** Returns true if an entry is about this requirement in this case. */
export const covers = ({ requirement, cases }: BaselineEntry, id: string, asked: string): boolean =>
  requirement === asked && matchesPattern(cases, id);

/** Lists each failing requirement of each case once. */
export function failuresIn(
  cases: readonly CaseRecord[],
): readonly { readonly id: string; readonly scenario: string; readonly requirement: string }[] {
  return cases.flatMap(({ id, scenario, verdicts }) => {
    const failed = verdicts.filter(({ kind }) => kind === "fail");
    return [...groupBy(failed, ({ requirement }) => requirement).keys()].map((requirement) => ({
      id,
      scenario,
      requirement,
    }));
  });
}

/** Result for one entry. */
interface JudgedEntry {
  readonly entry: BaselineEntry;
  /** Reason why the entry accepts no failures. */
  readonly refuses?: string;
  readonly obsolete?: Omit<AgainstBaseline["obsolete"][number], "requirement" | "cases">;
}

function judgeEntry(
  entry: BaselineEntry,
  { cases, environment }: Pick<RunRecord, "cases" | "environment">,
  { catalogue, today }: Pick<BaselineContext, "catalogue" | "today">,
): JudgedEntry {
  const { requirement, expires, maxRate } = entry;
  const there = catalogue.filter(({ id }) => matchesPattern(entry.cases, id));
  if (there.length === 0)
    return {
      entry,
      obsolete: {
        kind: "unmatched",
        words: "no case id matches the pattern; fix `cases`, or remove the entry",
      },
    };
  const asking = there.filter(({ checks }) => requirement in checks || requirement in universalChecks);
  if (asking.length === 0)
    return {
      entry,
      obsolete: {
        kind: "stale",
        words: `no case of this entry tests ${requirement} any more; remove the entry`,
      },
    };
  if (expires <= today) {
    const words = `expired on ${expires}; fix the failure, or set a new \`expires\` and explain it in \`reason\``;
    return { entry, refuses: `its entry expired on ${expires}`, obsolete: { kind: "expired", words } };
  }
  const checks = cases.flatMap(({ id, verdicts }) =>
    verdicts.filter((check) => covers(entry, id, check.requirement)),
  );
  const decided = checks.filter(({ kind }) => kind === "pass" || kind === "fail");
  if (maxRate !== undefined) {
    const rate = rateOf(decided);
    const words = `it failed in ${percent(rate)} of its runs, and its entry accepts ${percent(maxRate)}`;
    return rate > maxRate ? { entry, refuses: words } : { entry };
  }
  // A case that did not run may still fail.
  const asked = new Set(cases.map(({ id }) => id));
  const wasAsked = ({ id, needs }: BaselineCatalogue[number]) =>
    asked.has(id) && (environment.browser !== null || !needs.includes("browser"));
  const passes =
    decided.length > 0 &&
    asking.every(wasAsked) &&
    checks.every(({ kind }) => kind === "pass" || kind === "not-applicable");
  return passes
    ? { entry, obsolete: { kind: "passes", words: "it passes now; remove the entry" } }
    : { entry };
}

/** Returns the share of runs in which the checks failed. */
function rateOf(checks: readonly CheckRecord[]): number {
  const sum = (of: (check: CheckRecord) => number) => checks.reduce((total, check) => total + of(check), 0);
  const runs = sum(({ attempts }) => attempts);
  return runs === 0 ? 0 : sum(({ failedAttempts }) => failedAttempts) / runs;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
