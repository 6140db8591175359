import type { CaseRecord, CheckRecord, Outcome, RunRecord } from "../../harness/judge/record.ts";
import { worst, type VerdictKind } from "../../harness/judge/verdict.ts";
import { baselineResult } from "./baseline.ts";
import { countOf, count, duration } from "../words/text.ts";

/** The checks of one kind of verdict, with the fields which that kind has. */
export type Checked<Kind extends VerdictKind> = Extract<CheckRecord, { readonly kind: Kind }>;

/** Every outcome and verdict has one word and, for those who can't tell the colours apart, one sign. */
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

/** The kind of verdict that stands for a run as a whole: it lends the outcome its colour. */
export const outcomeKind: Readonly<Record<Outcome, VerdictKind>> = {
  conformant: "pass",
  nonconformant: "fail",
  incomplete: "inconclusive",
};

/** A case is as good as its worst check. */
export function kindOf(run: CaseRecord): VerdictKind {
  return worst(run.verdicts.map(({ kind }) => kind));
}

export function casesOf(record: RunRecord, kind: VerdictKind): readonly CaseRecord[] {
  return record.cases.filter((run) => kindOf(run) === kind);
}

export function checksOf<Kind extends VerdictKind>(run: CaseRecord, kind: Kind): readonly Checked<Kind>[] {
  return run.verdicts.filter((check): check is Checked<Kind> => check.kind === kind);
}

/** The indices of the events which show why a case failed. */
export function evidenceOf(run: CaseRecord): ReadonlySet<number> {
  return new Set(checksOf(run, "fail").flatMap(({ evidence }) => evidence));
}

/** The folder of a scenario: `leave` of `leave/fin`. */
export function folderOf(run: CaseRecord): string {
  const slash = run.scenario.lastIndexOf("/");
  return slash > 0 ? run.scenario.slice(0, slash) : "scenarios";
}

/** The items by a key, keys in the order in which they first appear. */
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

/** Why checks did not apply, each reason once, the most frequent first. */
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
 * `failed in 2 of 3 runs` where a case was run again, else null. A failure is flaky where the case passed in some run: one that
 * failed each time, now by this check and then by another, is not.
 */
export function repetition(check: CheckRecord): string | null {
  if (check.attempts < 2) return null;
  const { attempts, failedAttempts, onlyBeside } = check;
  const flaky = failedAttempts > 0 && passedRuns(check) > 0;
  const remark = onlyBeside === true ? ": only beside other sessions" : flaky ? ": flaky" : "";
  return `failed in ${count(failedAttempts)} of ${countOf(attempts, "run")}${remark}`;
}

/** In how many runs the case of a failed check passed. Earlier versions did not record it. */
export const passedRuns = ({ attempts, failedAttempts, passedAttempts }: CheckRecord): number =>
  passedAttempts ?? attempts - failedAttempts;

/** `27 of 27 MUSTs judged`. */
export function mustsJudged({ musts }: RunRecord): string {
  return `${count(musts.judged)} of ${countOf(musts.total, "MUST")} judged`;
}

/** Cases by verdict, those that decided the outcome first: `2 cases failed, 17 passed`. */
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

/** The run in one line: `conformant: 27 of 27 MUSTs judged, 19 cases passed in 9.8 s`. */
export function verdictLine(record: RunRecord): string {
  const interrupted = record.exitCode === 130 ? " (interrupted)" : "";
  const answer = [outcomeWord[record.outcome], baselineResult(record)?.words].filter(Boolean).join(", ");
  return `${answer}: ${mustsJudged(record)}, ${caseCounts(record)} in ${duration(record.durationMs)}${interrupted}`;
}
