import type { RunBrowser } from "../clients/browser.ts";
import type { CaseRecord } from "../judge/record.ts";
import type { CheckVerdict } from "../judge/verdict.ts";
import type { Profile } from "../profile/profile.ts";
import type { Case } from "../scenario/scenario.ts";
import type { EarlierSessions, NoticeOwners } from "../stage/notice-owners.ts";
import type { TargetInstance } from "../stage/target-instance.ts";
import type { TargetWatch } from "./death/target-watch.ts";

/** Reasons for running a case again. */
export type RetryReason =
  | "failed"
  /** A check that measures a time failed. */
  | "late"
  /** An unclaimed notice left a check open. */
  | "unexplained-notice"
  /** The harness was delayed, or a client was refused. */
  | "no-evidence"
  /** The result depends on the order of concurrent events. */
  | "race";

/** Retries that are about to begin. */
export interface PlannedRetries {
  readonly cases: readonly Case[];
  readonly why: RetryReason;
  /** Attempts at each case, at most. */
  readonly attempts: number;
  /** Maximum number of these cases that run side by side. */
  readonly atOnce: number;
}

/** Options of `runCases`. */
export interface RunOptions {
  readonly cases: readonly Case[];
  readonly profile: Profile;
  readonly target: URL;
  /** Starts a server instance for one case alone; undefined if the profile tells no way to start one. */
  readonly startOwnTarget?: (() => Promise<TargetInstance>) | undefined;
  /** Maximum number of cases that act side by side. A case that only waits does not count, except if this is 1. */
  readonly workers: number;
  /** Number of attempts at a case that races, as long as it does not fail; 1 by default. */
  readonly repeats?: number;
  /**
   * Returns the number of attempts that a case needs after its first attempt had these verdicts, whatever those of the others; undefined
   * to leave that to the runner. A baseline compares the rate of a case with an earlier one.
   */
  readonly alwaysRetry?: (
    one: Case,
    first: readonly Pick<CheckVerdict, "requirement" | "kind">[],
  ) => number | undefined;
  /** False makes no retries: the first attempt, with its `repeats`, decides. True by default. */
  readonly retries?: boolean;
  /** Retries some failed cases alone, to tell which fail only beside other sessions. */
  readonly triesAlone?: boolean;
  /** Undefined if there is no browser, or no case needs one. */
  readonly browser: RunBrowser | undefined;
  /** Reason why there is no browser; undefined if there is one. */
  readonly noBrowser: string | undefined;
  /** Files of the page for tab actors, by address. */
  readonly pageFiles: Readonly<Record<string, string>>;
  /** Letters and digits that tell this run's client data from other runs' on the same target. */
  readonly runToken: string;
  readonly signal: AbortSignal;
  /** Test sessions before the run, if there were any. */
  readonly earlier?: EarlierSessions | undefined;
  /** Names of all attempts on the same target, if there are other runs on it. */
  readonly owners?: NoticeOwners;
  /** Notices that the target is gone. */
  readonly watch?: TargetWatch;
  /** Time limit of each case in milliseconds; by default the longest that the case can need. */
  readonly caseLimitMs?: number;
  /** Takes the reason why an `after` request failed, in a sentence that may hold secrets. */
  readonly onAfterFailed?: (words: string) => void;
  /** Called once for each case, when its verdict is certain: after its retries. */
  readonly onCase?: (done: CaseRecord) => void;
  /** Called before retries begin. */
  readonly onRetries?: (planned: PlannedRetries) => void;
}
