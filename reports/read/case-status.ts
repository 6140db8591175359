import { bindingIds } from "../../harness/judge/outcome.ts";
import type { CaseRecord, CheckRecord, RunRecord } from "../../harness/judge/record.ts";
import { obsoleteLines } from "./baseline.ts";
import { checksOf, kindOf, verdictLine } from "./record-queries.ts";
import { plain } from "../words/text.ts";

/** Status of a case for a pipeline. `accepted` failures do not bind, or the baseline knows them. */
export const caseStatuses = ["passed", "failed", "accepted", "inconclusive", "not applicable"] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/** Returns the status of each case. Inconclusive checks of a case with a known failure do not count. */
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

/** Returns the failed checks of a case that the baseline knows. */
export function knownIn({
  baseline,
}: Pick<RunRecord, "baseline">): (run: CaseRecord) => ReadonlySet<CheckRecord> {
  const known = new Set(baseline?.known.map((one) => `${one.requirement} ${one.case}`));
  return (run) =>
    new Set(checksOf(run, "fail").filter(({ requirement }) => known.has(`${requirement} ${run.id}`)));
}

/** Counts the cases by status. */
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

/** Failure of the run as a whole, for formats that only have cases. */
export interface RunFailure {
  readonly name: string;
  /** Reasons, the verdict line first. */
  readonly words: readonly [string, ...string[]];
}

/**
 * Returns a failure if the run failed although no case did: missing evidence, an interruption, or an obsolete
 * baseline. Without it, a pipeline would show the run as passed.
 * @returns one failure or none
 */
export function runFailures(record: RunRecord): readonly RunFailure[] {
  const { failed, inconclusive } = caseStatusCounts(record);
  if (record.exitCode === 0 || failed + inconclusive > 0) return [];
  const brief = (line: string) => plain(line, 400);
  const more = [...obsoleteLines(record), ...record.notes].map(brief);
  return [{ name: "the run as a whole", words: [brief(verdictLine(record)), ...more] }];
}
