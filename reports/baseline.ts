import type { AgainstBaseline, RunRecord } from "../harness/record.ts";
import type { VerdictKind } from "../harness/verdict.ts";
import { count, countOf } from "./text.ts";

/** The run beside its baseline in a few words, and the kind of verdict that these amount to. */
export interface Standing {
  readonly kind: Extract<VerdictKind, "pass" | "fail">;
  readonly words: string;
}

/** `nothing worse than the baseline`; null where no baseline was given. */
export function standingOf({ baseline }: Pick<RunRecord, "baseline">): Standing | null {
  if (baseline === undefined) return null;
  const { worse, obsolete } = baseline;
  const outdated =
    obsolete.length === 0
      ? ""
      : `${count(obsolete.length)} of its entries no longer hold${obsolete.length === 1 ? "s" : ""}`;
  if (worse.length === 0)
    return outdated === ""
      ? { kind: "pass", words: "nothing worse than the baseline" }
      : { kind: "fail", words: `nothing worse than the baseline, but ${outdated}` };
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
