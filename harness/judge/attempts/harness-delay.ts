import {
  lagBetweenMs,
  lagMarginMs,
  lateToleranceMs,
  delayReason,
  sumOfLagsMs,
} from "../../history/lateness.ts";
import { witnessLimitMs } from "../../util/limits.ts";
import { ofKind, type HistoryEvent } from "../../history/events/events.ts";
import { expectedLeaves } from "../../history/leaves/expected-leaves.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import type { Profile } from "../../profile/profile.ts";

/** The parts of an inconclusive attempt that show a delay of the harness. */
interface DelayedAttempt {
  readonly events: readonly HistoryEvent[];
  /** The error that stopped the scenario; null without one. */
  readonly trouble: string | null;
  /** The harness's own longest delay during the attempt, in milliseconds. */
  readonly lagMaxMs: number;
}

/** Returns true where the harness was delayed, so that an attempt without other cases may decide. */
export const wasLate = ({ events, lagMaxMs }: DelayedAttempt): boolean =>
  lagMaxMs > lagMarginMs || sumOfLagsMs(events, -Infinity, Infinity) > 0;

/**
 * Returns true where the harness's own delay is long enough to explain an inconclusive attempt. A step of a scenario has at least
 * five seconds, unless the target closes the connection of a client whose heartbeats the delay held up. A missing leave is missing for the
 * whole wait. A shorter delay explains neither.
 */
export function explains(attempt: DelayedAttempt, profile: Profile): boolean {
  const { events, trouble, lagMaxMs } = attempt;
  if (!wasLate(attempt)) return false;
  const lagMs = Math.max(lagMaxMs, sumOfLagsMs(events, -Infinity, Infinity));
  if (trouble !== null && lagMs < witnessLimitMs && !closedByDelay(trouble, events, profile)) return false;
  return missingFor(events, profile).every(
    ({ fromMs, untilMs, missingMs }) => lagBetweenMs(events, fromMs, untilMs) >= missingMs,
  );
}

/** Returns true where the scenario stopped because the target closed a client's connection, and the harness's delay may be the reason. */
const closedByDelay = (trouble: string, events: readonly HistoryEvent[], profile: Profile): boolean =>
  sessionsOf(events).some(
    (session) =>
      session.closedBy === "target" &&
      session.closed !== undefined &&
      trouble.includes(`${session.actor}'s connection`) &&
      delayReason(session, session.closed.atMs, { events, profile }) !== undefined,
  );

/** Returns the leaves that never arrived: the begin of the end, the end of the wait, and how long the leave was overdue by then. */
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
