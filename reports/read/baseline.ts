import type { AgainstBaseline, RunRecord } from "../../harness/judge/record.ts";
import type { VerdictKind } from "../../harness/judge/verdict.ts";
import { count, countOf, plain } from "../words/text.ts";

/** The run beside its baseline in a few words, and the kind of verdict that these amount to. */
export interface BaselineResult {
  readonly kind: Exclude<VerdictKind, "not-applicable">;
  readonly words: string;
}

/** `nothing worse than the baseline`; null where no baseline was given. */
export function baselineResult({
  baseline,
  exitCode,
}: Pick<RunRecord, "baseline" | "exitCode">): BaselineResult | null {
  if (baseline === undefined) return null;
  const { worse, obsolete } = baseline;
  const outdated =
    obsolete.length === 0
      ? ""
      : `${count(obsolete.length)} of its entries no longer hold${obsolete.length === 1 ? "s" : ""}`;
  if (worse.length === 0) {
    const words = "nothing worse than the baseline";
    if (outdated !== "") return { kind: "fail", words: `${words}, but ${outdated}` };
    return exitCode === 3
      ? { kind: "inconclusive", words: `${words}, evidence incomplete` }
      : { kind: "pass", words };
  }
  const beyond = `${countOf(worse.length, "failure")} beyond the baseline`;
  return { kind: "fail", words: outdated === "" ? beyond : `${beyond}, and ${outdated}` };
}

type Obsolete = AgainstBaseline["obsolete"][number]["kind"];

/** Why an entry of a baseline no longer holds. */
export const obsoleteWord: Readonly<Record<Obsolete, string>> = {
  passes: "passes now",
  expired: "expired",
  stale: "stale",
  unmatched: "matches nothing",
};

/** Each entry that no longer holds, and why, in a line. */
export const obsoleteLines = ({ baseline }: Pick<RunRecord, "baseline">): string[] =>
  (baseline?.obsolete ?? []).map(
    ({ requirement, cases, words }) => `${plain(requirement, 80)} in ${plain(cases, 160)}: ${plain(words)}`,
  );
