import { bindingIds } from "../../harness/judge/outcome.ts";
import type { CaseRecord, CheckRecord, RunRecord } from "../../harness/judge/record.ts";
import { obsoleteLines } from "./baseline.ts";
import { checksOf, kindOf, verdictLine } from "./record-queries.ts";
import { plain } from "../words/text.ts";

/** Status of a case for a pipeline. `accepted`: its failures do not bind, or the baseline accepts what it has. */
export const caseStatuses = ["passed", "failed", "accepted", "inconclusive", "not applicable"] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/** Returns the status of each case. Inconclusive checks of a case with an accepted failure do not count. */
export function caseStatusIn(record: RunRecord): (run: CaseRecord) => CaseStatus {
  const binding = bindingIds(record);
  const acceptedOf = acceptedIn(record);
  return (run) => {
    const failed = checksOf(run, "fail");
    const accepted = acceptedOf(run);
    if (failed.some((check) => binding.has(check.requirement) && !accepted.has(check))) return "failed";
    const isOpen = checksOf(run, "inconclusive").some((check) => !accepted.has(check));
    if (isOpen && !hasAcceptedFailure(accepted)) return "inconclusive";
    if (failed.length > 0 || accepted.size > 0) return "accepted";
    return kindOf(run) === "pass" ? "passed" : "not applicable";
  };
}

/** Returns true if one of the accepted checks is a failure. */
export const hasAcceptedFailure = (accepted: ReadonlySet<CheckRecord>): boolean =>
  [...accepted].some(({ kind }) => kind === "fail");

/**
 * Returns the failed and inconclusive checks of a case that the baseline accepts, by an entry or because their requirement is newer
 * than the baseline.
 */
export function acceptedIn({
  baseline,
}: Pick<RunRecord, "baseline">): (run: CaseRecord) => ReadonlySet<CheckRecord> {
  const key = (requirement: string, id: string, kind: string) => `${kind} ${requirement} ${id}`;
  const accepted = new Set([
    ...(baseline?.known ?? []).map((one) => key(one.requirement, one.case, one.accepts ?? "fail")),
    ...(baseline?.newer ?? []).map((one) => key(one.requirement, one.case, one.kind)),
  ]);
  return (run) => new Set(run.verdicts.filter((one) => accepted.has(key(one.requirement, run.id, one.kind))));
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
