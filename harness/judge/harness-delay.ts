import { lagBetweenMs, lagMarginMs, lateToleranceMs, sumOfLagsMs } from "../history/lateness.ts";
import { witnessLimitMs } from "../util/limits.ts";
import { ofKind, type HistoryEvent } from "../history/events/events.ts";
import { expectedLeaves } from "../history/leaves/expected-leaves.ts";
import type { Profile } from "../profile/profile.ts";

/** What there is to excuse in an attempt that says nothing for certain. */
interface Doubtful {
  readonly events: readonly HistoryEvent[];
  /** Why the scenario could not be carried out; null when it could. */
  readonly trouble: string | null;
  /** The harness's own longest delay meanwhile, in milliseconds. */
  readonly lagMaxMs: number;
}

/** Returns true where the harness itself was late at all, so that an attempt alone may tell more. */
export const wasLate = ({ events, lagMaxMs }: Doubtful): boolean =>
  lagMaxMs > lagMarginMs || sumOfLagsMs(events, -Infinity, Infinity) > 0;

/**
 * Returns true where the harness's own delay is large enough to be why an attempt is open. A step of a scenario has at least five
 * seconds, and a leave that is missing is missing for all the time that it was waited for: a shorter delay explains neither.
 */
export function explains(attempt: Doubtful, profile: Profile): boolean {
  const { events, trouble, lagMaxMs } = attempt;
  if (!wasLate(attempt)) return false;
  const lagMs = Math.max(lagMaxMs, sumOfLagsMs(events, -Infinity, Infinity));
  if (trouble !== null && lagMs < witnessLimitMs) return false;
  return missingFor(events, profile).every(
    ({ fromMs, untilMs, missingMs }) => lagBetweenMs(events, fromMs, untilMs) >= missingMs,
  );
}

/** Leaves that never came: from when their ends began until when they were waited for, and how long they were overdue then. */
function missingFor(
  events: readonly HistoryEvent[],
  profile: Profile,
): { readonly fromMs: number; readonly untilMs: number; readonly missingMs: number }[] {
  return expectedLeaves(events, profile).flatMap(({ end, window, leave }) => {
    if (leave !== undefined || window === undefined) return [];
    const waited = ofKind(events, "waited-out").find(({ index }) => index > end.index);
    const untilMs = (waited ?? events.at(-1) ?? end).atMs;
    const missingMs = untilMs - window.latestMs;
    return missingMs > lateToleranceMs ? { fromMs: end.atMs, untilMs, missingMs } : [];
  });
}
