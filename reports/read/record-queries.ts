import { bindingIds } from "../../harness/judge/outcome.ts";
import type { CaseRecord, CheckRecord, Outcome, RunRecord } from "../../harness/judge/record.ts";
import { worst, type VerdictKind } from "../../harness/judge/verdict.ts";
import { baselineResult } from "./baseline.ts";
import { countOf, count, duration } from "../words/text.ts";

/** Checks with one kind of verdict, with the fields of that kind. */
export type Checked<Kind extends VerdictKind> = Extract<CheckRecord, { readonly kind: Kind }>;

/** Words and signs of outcomes and verdicts. The signs are for readers who can't tell the colors apart. */
export const outcomeWord: Readonly<Record<Outcome, string>> = {
  conformant: "conformant",
  nonconformant: "not conformant",
  incomplete: "evidence incomplete",
};
export const verdictWord: Readonly<Record<VerdictKind, string>> = {
  pass: "passed",
  fail: "failed",
  inconclusive: "inconclusive",
  "not-applicable": "not applicable",
};
export const verdictSign: Readonly<Record<VerdictKind, string>> = {
  pass: "\u2713",
  fail: "\u2717",
  inconclusive: "?",
  "not-applicable": "\u2013",
};

/** Verdict that gives an outcome its color. */
export const outcomeKind: Readonly<Record<Outcome, VerdictKind>> = {
  conformant: "pass",
  nonconformant: "fail",
  incomplete: "inconclusive",
};

/** Returns the worst verdict of a case's checks. */
export function kindOf(run: CaseRecord): VerdictKind {
  return worst(run.verdicts.map(({ kind }) => kind));
}

export function casesOf(record: RunRecord, kind: VerdictKind): readonly CaseRecord[] {
  return record.cases.filter((run) => kindOf(run) === kind);
}

export function checksOf<Kind extends VerdictKind>(run: CaseRecord, kind: Kind): readonly Checked<Kind>[] {
  return run.verdicts.filter((check): check is Checked<Kind> => check.kind === kind);
}

/** Returns the indices of the events that prove a case's failures. */
export function evidenceOf(run: CaseRecord): ReadonlySet<number> {
  return new Set(checksOf(run, "fail").flatMap(({ evidence }) => evidence));
}

/** Returns the folder of a scenario: `leave` of `leave/fin`. */
export function folderOf(run: CaseRecord): string {
  const slash = run.scenario.lastIndexOf("/");
  return slash > 0 ? run.scenario.slice(0, slash) : "scenarios";
}

/** Groups items by a key, in the order of first appearance. */
export function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Returns the reasons why checks did not apply, each once, the most frequent first. */
export function notApplicable(
  record: RunRecord,
): readonly { readonly reason: string; readonly checks: number; readonly cases: readonly CaseRecord[] }[] {
  const skipped = record.cases.flatMap((run) =>
    checksOf(run, "not-applicable").map(({ reason }) => ({ run, reason })),
  );
  return [...groupBy(skipped, ({ reason }) => reason)]
    .map(([reason, group]) => ({
      reason,
      checks: group.length,
      cases: [...new Set(group.map(({ run }) => run))],
    }))
    .sort((a, b) => b.checks - a.checks);
}

/**
 * Returns `failed in 2 of 3 runs` for a repeated case, else null. A failure is flaky if the case passed in some run.
 * A case that failed every time, by different checks, is not flaky.
 */
export function repetition(check: CheckRecord): string | null {
  if (check.attempts < 2) return null;
  const { attempts, failedAttempts, onlyBeside } = check;
  const flaky = failedAttempts > 0 && passedRuns(check) > 0;
  const remark = onlyBeside === true ? ": only beside other sessions" : flaky ? ": flaky" : "";
  return `failed in ${count(failedAttempts)} of ${countOf(attempts, "run")}${remark}`;
}

/** Returns the number of runs in which the case of a failed check passed. Older records do not have it. */
export const passedRuns = ({ attempts, failedAttempts, passedAttempts }: CheckRecord): number =>
  passedAttempts ?? attempts - failedAttempts;

/** Returns `27 of 27 MUSTs judged`; where some fail, `2 of 25 judged MUSTs fail`. */
export function mustsJudged(record: RunRecord): string {
  const { judged, total } = record.musts;
  const binding = bindingIds(record);
  const failed = record.requirements.filter(
    ({ id, verdict }) => verdict === "fail" && binding.has(id),
  ).length;
  if (failed === 0) return `${count(judged)} of ${countOf(total, "MUST")} judged`;
  return `${count(failed)} of ${countOf(judged, "judged MUST")} ${failed === 1 ? "fails" : "fail"}`;
}

/** Returns the number of cases that apply to the target. */
export const askedCases = ({ cases, totals }: RunRecord): number => cases.length - totals.notApplicable;

/** Counts cases by verdict, starting with the verdict that decides the outcome: `2 cases failed, 17 passed`. */
function caseCounts({ totals, outcome }: RunRecord): string {
  const counts: Readonly<Record<VerdictKind, number>> = { ...totals, "not-applicable": totals.notApplicable };
  const inOrder = [outcomeKind[outcome], "fail", "inconclusive", "pass", "not-applicable"] as const;
  const [first = "pass", ...others] = new Set(inOrder.filter((kind) => counts[kind] > 0));
  const unbinding = outcome === "conformant" ? " (below MUST or waived)" : "";
  return [
    `${countOf(counts[first], "case")} ${verdictWord[first]}`,
    ...others.map((kind) => `${count(counts[kind])} ${verdictWord[kind]}${kind === "fail" ? unbinding : ""}`),
  ].join(", ");
}

/** Returns the run in one line: `conformant: 27 of 27 MUSTs judged, 19 cases passed in 9.8 s`. */
export function verdictLine(record: RunRecord): string {
  const interrupted = record.exitCode === 130 ? " (interrupted)" : "";
  const answer = [outcomeWord[record.outcome], baselineResult(record)?.words].filter(Boolean).join(", ");
  return `${answer}: ${mustsJudged(record)}, ${caseCounts(record)} in ${duration(record.durationMs)}${interrupted}`;
}
