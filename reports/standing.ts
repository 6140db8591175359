import { bindingIds } from "../harness/outcome.ts";
import type { CaseRecord, CheckRecord, RunRecord } from "../harness/record.ts";
import { checksOf, kindOf, verdictLine } from "./digest.ts";
import { plain } from "./text.ts";

/** What a case is to a pipeline. A failure is accepted that binds nobody, or that the baseline knows. */
export const standings = ["passed", "failed", "accepted", "inconclusive", "not applicable"] as const;
export type Standing = (typeof standings)[number];

/** What each case of a record is to a pipeline. What is open beside a failure that the baseline knows is open for that. */
export function standingIn(record: RunRecord): (run: CaseRecord) => Standing {
  const binding = bindingIds(record);
  const isKnown = knownIn(record);
  return (run) => {
    const failed = checksOf(run, "fail");
    const known = failed.filter((check) => isKnown(run, check));
    if (failed.some((check) => binding.has(check.requirement) && !known.includes(check))) return "failed";
    if (known.length === 0 && checksOf(run, "inconclusive").length > 0) return "inconclusive";
    if (failed.length > 0) return "accepted";
    return kindOf(run) === "pass" ? "passed" : "not applicable";
  };
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

/** What reports that know nothing but cases call the rest of a run. */
export const wholeRun = "the run as a whole";

/**
 * Why a run is red of which no case is: too little was judged, it was interrupted, or its baseline is out of date. Without
 * a line of its own it would pass for green.
 * @returns nothing where it is green, or a case is red
 */
export function redAsWhole(record: RunRecord): readonly string[] {
  const { failed, inconclusive } = standingCounts(record);
  if (record.exitCode === 0 || failed + inconclusive > 0) return [];
  const obsolete = (record.baseline?.obsolete ?? []).map(
    ({ requirement, cases, words }) => `${requirement} in ${cases}: ${words}`,
  );
  return [verdictLine(record), ...obsolete, ...record.notes].map((line) => plain(line, 400));
}
