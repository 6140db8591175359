import { bindingIds } from "../harness/outcome.ts";
import type { CaseRecord, CheckRecord, RunRecord } from "../harness/record.ts";
import { checksOf, kindOf } from "./digest.ts";

/** What a case is to a pipeline. A failure is accepted that binds nobody, or that the baseline knows. */
export const standings = ["passed", "failed", "accepted", "inconclusive", "not applicable"] as const;
export type Standing = (typeof standings)[number];

/** What each case of a record is to a pipeline. */
export function standingIn(record: RunRecord): (run: CaseRecord) => Standing {
  const isAccepted = acceptedIn(record);
  return (run) => {
    const failed = checksOf(run, "fail");
    if (failed.some((check) => !isAccepted(run, check))) return "failed";
    if (checksOf(run, "inconclusive").length > 0) return "inconclusive";
    if (failed.length > 0) return "accepted";
    return kindOf(run) === "pass" ? "passed" : "not applicable";
  };
}

/** Whether a failed check of a case is accepted. */
function acceptedIn(record: RunRecord): (run: CaseRecord, check: CheckRecord) => boolean {
  const binding = bindingIds(record);
  const isKnown = knownIn(record);
  return (run, check) => !binding.has(check.requirement) || isKnown(run, check);
}

/** Whether the baseline knows of a failed check. */
export function knownIn({
  baseline,
}: Pick<RunRecord, "baseline">): (run: CaseRecord, check: CheckRecord) => boolean {
  const known = new Set(baseline?.known.map((one) => `${one.requirement} ${one.case}`));
  return ({ id }, { requirement }) => known.has(`${requirement} ${id}`);
}

/** How many cases are what. */
export function standingCounts(record: RunRecord): Readonly<Record<Standing, number>> {
  const standing = standingIn(record);
  const counts: Record<Standing, number> = {
    passed: 0,
    failed: 0,
    accepted: 0,
    inconclusive: 0,
    "not applicable": 0,
  };
  for (const run of record.cases) counts[standing(run)] += 1;
  return counts;
}
