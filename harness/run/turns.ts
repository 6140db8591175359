import { namesNobody } from "../history/notice.ts";
import { calmSideBySide } from "../judge/attempts/judged-attempt.ts";
import type { Next } from "../judge/attempts/next-attempt.ts";
import { ConcurrencyLimiter } from "./concurrency-limiter.ts";
import type { LagMeter } from "./lag-meter.ts";
import type { RunOptions } from "./run-options.ts";

/** Limits of an attempt. */
export interface Turn {
  readonly limiter: ConcurrencyLimiter;
  /** Maximum number of cases that act at the same time. */
  readonly sideBySide: number;
  /** While such a case runs or waits, no more than `sideBySide` cases act. */
  readonly isCalm: boolean;
  /** The case may share the run's observers. */
  readonly shares: boolean;
}

/** Returns the limits of first attempts (`repeat`), and of each kind of retry. */
export function turnsOf(
  { profile, workers: wanted, signal }: RunOptions,
  lag: LagMeter,
): Readonly<Record<Next, Turn>> {
  // Notices without names can't be assigned to one of several cases.
  const workers = namesNobody(profile.notice) ? 1 : wanted;
  const few = Math.min(workers, calmSideBySide);
  const limiter = new ConcurrencyLimiter(workers, lag, signal, few);
  const usual = { limiter, sideBySide: workers, isCalm: false };
  const calm = { limiter, sideBySide: few, isCalm: true, shares: false };
  const single = new ConcurrencyLimiter(1, lag, signal);
  const alone = { limiter: single, sideBySide: 1, isCalm: false, shares: false };
  return {
    repeat: { ...usual, shares: true },
    own: { ...usual, shares: false },
    calm,
    again: calm,
    alone,
    explained: alone,
  };
}
