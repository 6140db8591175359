import type { HistoryEvent } from "../history/history.ts";
import type { Profile } from "../profile/profile.ts";
import type { Verdict } from "./verdict.ts";

/** All that a check may look at. */
export interface Evidence {
  readonly events: readonly HistoryEvent[];
  readonly profile: Profile;
  /** True when no other case ran at the same time, so that a notice which names nobody belongs to this one. */
  readonly alone: boolean;
  /** Why the scenario could not be carried out to its end, if it could not. */
  readonly trouble?: string | undefined;
}

/** A pure judgement over one history. */
export interface Check {
  /** Says what holds when it passes: `left-once(alice)`. */
  readonly name: string;
  /**
   * Holds, if at all, for every prefix of a history: what it finds broken stays broken, whatever else went wrong later.
   */
  readonly invariant?: boolean;
  /** Judges by a time, which the next attempt may find otherwise: a failure is tried again, and stays one. */
  readonly timed?: boolean;
  /** Where it fails, the target did what keeps the case from going as it should: what else is open then follows from that. */
  readonly isCause?: boolean;
  readonly judge: (evidence: Evidence) => Verdict;
}
