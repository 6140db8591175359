import { latenessesOf } from "../../history/leaves/late-leaves.ts";
import type { Profile } from "../../profile/profile.ts";
import type { TokenAttempt } from "../attempt-runner.ts";

/** A leave on a loaded machine may be late by this many times the measured delays. */
const factor = 2;

/**
 * Returns the size of an attempt's lateness as a power of two, if each of its late leaves was later than the delays of harness and target explain.
 * Attempts of one size probably have one cause. Returns undefined where no leave was late, or load may be the cause.
 */
export function latenessBeyondLoad(
  { attempt, loadMs }: Pick<TokenAttempt, "attempt" | "loadMs">,
  profile: Profile,
): number | undefined {
  const leastMs = Math.min(...latenessesOf(attempt.events, profile));
  return Number.isFinite(leastMs) && leastMs > factor * loadMs ? Math.round(Math.log2(leastMs)) : undefined;
}
