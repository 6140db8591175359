import { binds } from "../../harness/judge/outcome.ts";
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { checksOf, passedRuns } from "./record-queries.ts";
import { requirementsIn, type RequirementInRun } from "./requirements-in-run.ts";

/** Failed requirement with the number of its failed cases and the clearest of them. */
export interface FailedRequirement {
  readonly requirement: RequirementInRun;
  readonly cases: number;
  /** Number of cases that the baseline accepts. */
  readonly known: number;
  readonly worst: CaseRecord;
}

/** Returns the failed requirements: binding ones first, then by the number of failures. */
export function failedRequirements(record: RunRecord): readonly FailedRequirement[] {
  const isBinding = binds(record);
  const rank = (requirement: RequirementInRun): number => {
    if (isBinding(requirement)) return 0;
    return requirement.waiver === null ? 1 : 2;
  };
  return [...requirementsIn(record).values()]
    .flatMap((requirement) => {
      const cases = failingCases(requirement.id, record);
      const [worst] = cases;
      const known = (record.baseline?.known ?? []).filter((one) => one.requirement === requirement.id).length;
      return worst === undefined ? [] : [{ requirement, cases: cases.length, known, worst }];
    })
    .sort((a, b) => rank(a.requirement) - rank(b.requirement) || b.cases - a.cases);
}

/**
 * Returns the failed cases of a requirement: those that no baseline accepts first, then those that always fail, then
 * the shortest histories.
 */
function failingCases(requirement: string, { cases, baseline }: RunRecord): readonly CaseRecord[] {
  const unknown = new Set(
    baseline?.worse.filter((one) => one.requirement === requirement).map((one) => one.case),
  );
  const failed = (run: CaseRecord) =>
    checksOf(run, "fail").filter((check) => check.requirement === requirement);
  const flaky = (run: CaseRecord) => Math.min(...failed(run).map(passedRuns));
  return cases
    .filter((run) => failed(run).length > 0)
    .map((run) => ({ run, known: unknown.has(run.id) ? 0 : 1, flaky: flaky(run) }))
    .sort((a, b) => a.known - b.known || a.flaky - b.flaky || eventsOf(a.run) - eventsOf(b.run))
    .map(({ run }) => run);
}

/** Counts the events of a case. A case without a history comes last. */
const eventsOf = ({ timeline }: CaseRecord): number => timeline?.length ?? Number.MAX_SAFE_INTEGER;
