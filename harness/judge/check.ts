import type { HistoryEvent } from "../history/events/events.ts";
import type { Profile } from "../profile/profile.ts";
import type { Verdict } from "./verdict.ts";

/** The input of a check. */
export interface Evidence {
  readonly events: readonly HistoryEvent[];
  readonly profile: Profile;
  /** True when no other case ran at the same time, so that a notice without a name belongs to this case. */
  readonly alone: boolean;
  /** The error that stopped the scenario, if one did. */
  readonly trouble?: string | undefined;
}

/** Data about a check that the run's outcome and the reports need. */
export interface CheckKind {
  /** The check's name without its arguments: `heard-by-all`. */
  readonly id: string;
  /**
   * The question about an everyday ending that the check answers: did the others receive the leave, in time, only once, under
   * the right name?
   */
  readonly answers?: "told" | "timely" | "once" | "named";
  /** A pass or a fail of the check shows that the run judged a leave. */
  readonly provesLeave?: true;
  /** A pass or a fail of the check shows that the run judged the absence of a leave. */
  readonly provesAbsence?: true;
  /** The check also fails if the profile describes notices wrongly, because then no notice is recognized. */
  readonly needsNotice?: true;
}

/** A pure function that judges one history. */
export interface Check {
  /** States what holds when the check passes: `heard-by-all(alice)`. */
  readonly name: string;
  /** A failure on the beginning of a history is a failure of the whole history. So it counts also if the rest is in doubt. */
  readonly invariant?: boolean;
  /** A failure rests on whole messages of the target, so it also counts in an attempt that is ignored otherwise. */
  readonly countsInVoid?: boolean;
  /** The check measures a time. After a failure the case runs again, to show how often it fails. The first failure still counts. */
  readonly timed?: boolean;
  /** A failure means that the target itself stopped the case. Other inconclusive verdicts then follow from it. */
  readonly isCause?: boolean;
  /**
   * Returns the indices of the events that show the failure. If the check fails, failures of other checks that show one of
   * them follow from it.
   */
  readonly explains?: (evidence: Evidence) => readonly number[];
  readonly judge: (evidence: Evidence) => Verdict;
}
