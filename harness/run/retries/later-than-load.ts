import { latenessesOf } from "../../history/leaves/late-leaves.ts";
import type { Profile } from "../../profile/profile.ts";
import type { TokenAttempt } from "../attempt-runner.ts";

/** A leave on a loaded machine may be late by this many times the measured delays. */
const factor = 2;

/** Returns true if some leaves of the attempt were late, and each of them later than the delays of harness and target explain. */
export function isLaterThanLoad(
  { attempt, loadMs }: Pick<TokenAttempt, "attempt" | "loadMs">,
  profile: Profile,
): boolean {
  const late = latenessesOf(attempt.events, profile);
  return late.length > 0 && Math.min(...late) > factor * loadMs;
}
