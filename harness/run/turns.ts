import { namesNobody } from "../history/notice.ts";
import { calmSideBySide } from "../judge/judged-attempt.ts";
import type { Next } from "../judge/next-attempt.ts";
import { ConcurrencyLimiter } from "./concurrency-limiter.ts";
import type { LagMeter } from "./lag-meter.ts";
import type { RunOptions } from "./run-options.ts";

/** Limits of an attempt. */
export interface Turn {
  readonly limiter: ConcurrencyLimiter;
  /** Maximum number of cases that act at the same time. */
  readonly sideBySide: number;
  /** The case may share the run's observers. */
  readonly shares: boolean;
}

/** Returns the limits of first attempts (`repeat`), and of each kind of retry. */
export function turnsOf(
  { profile, workers: wanted, signal }: RunOptions,
  lag: LagMeter,
): Readonly<Record<Next, Turn>> {
  const limiter = (workers: number) => new ConcurrencyLimiter(workers, lag, signal);
  // Notices without names can't be assigned to one of several cases.
  const workers = namesNobody(profile.notice) ? 1 : wanted;
  const few = Math.min(workers, calmSideBySide);
  const usual = { limiter: limiter(workers), sideBySide: workers };
  const calm = { limiter: limiter(few), sideBySide: few, shares: false };
  const alone = { limiter: limiter(1), sideBySide: 1, shares: false };
  return {
    repeat: { ...usual, shares: true },
    own: { ...usual, shares: false },
    calm,
    again: calm,
    alone,
    explained: alone,
  };
}
