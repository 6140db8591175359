import type { AgainstBaseline, RunRecord } from "../../harness/judge/record.ts";
import type { VerdictKind } from "../../harness/judge/verdict.ts";
import { count, countOf, plain } from "../words/text.ts";

/** Result of a run against its baseline, with the verdict for its color. */
export interface BaselineResult {
  readonly kind: Exclude<VerdictKind, "not-applicable">;
  readonly words: string;
}

/** Returns a result such as `nothing worse than the baseline`; null without a baseline. */
export function baselineResult({
  baseline,
  exitCode,
}: Pick<RunRecord, "baseline" | "exitCode">): BaselineResult | null {
  if (baseline === undefined) return null;
  const { worse, obsolete, newer = [], warnings = [] } = baseline;
  const remarks = newer.length + warnings.length;
  const warned = remarks === 0 ? "" : `, ${countOf(remarks, "warning")}`;
  const outdated =
    obsolete.length === 0
      ? ""
      : `${count(obsolete.length)} of its entries no longer hold${obsolete.length === 1 ? "s" : ""}`;
  if (worse.length === 0) {
    const words = "nothing worse than the baseline";
    if (outdated !== "") return { kind: "fail", words: `${words}, but ${outdated}` };
    return exitCode === 3
      ? { kind: "inconclusive", words: `${words}, evidence incomplete${warned}` }
      : { kind: "pass", words: words + warned };
  }
  const beyond = `${countOf(worse.length, "failure")} beyond the baseline`;
  return { kind: "fail", words: outdated === "" ? beyond : `${beyond}, and ${outdated}` };
}

type Obsolete = AgainstBaseline["obsolete"][number]["kind"];

/** Reasons why a baseline entry is obsolete. */
export const obsoleteWord: Readonly<Record<Obsolete, string>> = {
  passes: "passes now",
  expired: "expired",
  stale: "stale",
  unmatched: "matches nothing",
};

/** Returns one line per obsolete entry, with the reason. */
export const obsoleteLines = ({ baseline }: Pick<RunRecord, "baseline">): string[] =>
  (baseline?.obsolete ?? []).map(
    ({ requirement, cases, words }) => `${plain(requirement, 80)} in ${plain(cases, 160)}: ${plain(words)}`,
  );
