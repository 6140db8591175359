import { bindingIds } from "../../harness/judge/outcome.ts";
import type { CaseRecord, CheckRecord, RunRecord } from "../../harness/judge/record.ts";
import { obsoleteLines } from "./baseline.ts";
import { checksOf, kindOf, verdictLine } from "./record-queries.ts";
import { plain } from "../words/text.ts";

/** What a case is to a pipeline. A failure is accepted that binds nobody, or that the baseline knows. */
export const caseStatuses = ["passed", "failed", "accepted", "inconclusive", "not applicable"] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/** What each case of a record is to a pipeline. What is open beside a failure that the baseline knows is open for that. */
export function caseStatusIn(record: RunRecord): (run: CaseRecord) => CaseStatus {
  const binding = bindingIds(record);
  const knownOf = knownIn(record);
  return (run) => {
    const failed = checksOf(run, "fail");
    const known = knownOf(run);
    if (failed.some((check) => binding.has(check.requirement) && !known.has(check))) return "failed";
    if (known.size === 0 && checksOf(run, "inconclusive").length > 0) return "inconclusive";
    if (failed.length > 0) return "accepted";
    return kindOf(run) === "pass" ? "passed" : "not applicable";
  };
}

/** Which of a case's failed checks the baseline knows of. */
export function knownIn({
  baseline,
}: Pick<RunRecord, "baseline">): (run: CaseRecord) => ReadonlySet<CheckRecord> {
  const known = new Set(baseline?.known.map((one) => `${one.requirement} ${one.case}`));
  return (run) =>
    new Set(checksOf(run, "fail").filter(({ requirement }) => known.has(`${requirement} ${run.id}`)));
}

/** How many cases are what. */
export function caseStatusCounts(record: RunRecord): Readonly<Record<CaseStatus, number>> {
  const caseStatus = caseStatusIn(record);
  const counts: Record<CaseStatus, number> = {
    passed: 0,
    failed: 0,
    accepted: 0,
    inconclusive: 0,
    "not applicable": 0,
  };
  for (const run of record.cases) counts[caseStatus(run)] += 1;
  return counts;
}

/** A line of a report that knows nothing but cases, which stands for the run. */
export interface RunFailure {
  readonly name: string;
  /** Why it is red. */
  readonly words: readonly [string, ...string[]];
}

/**
 * The run, where it is red and no case is: too little was judged, it was interrupted, or its baseline is out of date. Without
 * a line of its own it would pass for green.
 * @returns one, or none
 */
export function runFailures(record: RunRecord): readonly RunFailure[] {
  const { failed, inconclusive } = caseStatusCounts(record);
  if (record.exitCode === 0 || failed + inconclusive > 0) return [];
  const brief = (line: string) => plain(line, 400);
  const more = [...obsoleteLines(record), ...record.notes].map(brief);
  return [{ name: "the run as a whole", words: [brief(verdictLine(record)), ...more] }];
}
