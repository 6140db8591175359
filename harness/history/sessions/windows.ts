import { clockErrorMs } from "../../util/clock-error.ts";
import type { EventOf, HistoryEvent } from "../events/events.ts";
import { stopTargetCause } from "../../profile/causes.ts";
import type { Profile } from "../../profile/profile.ts";
import { tellsEachLeave } from "../notice.ts";
import { isOverHttp } from "../../profile/transports.ts";
import { isSilentDrop, silentDropMs } from "../../profile/silent-drop.ts";
import type { Session } from "./sessions.ts";

/** The window in which the leave of an ended session is due, in milliseconds. */
export interface Window {
  /** Null where the target may have a mechanism whose interval nobody declared. */
  readonly earliestMs: number | null;
  readonly latestMs: number;
}

/**
 * Returns the two-sided window of an ended session's leave.
 * - Visible end: from the begin of the end to the declared deadline after the end reached the target.
 * - Silent end: not before the negotiated period, or any other mechanism's interval, has passed since the last byte that the target
 *   can have received. STOMP 1.2, "Heart-beating": the sender must send at least every n milliseconds, so a shorter silence means
 *   nothing.
 * - End with the target: within the declared time after its restart.
 *
 * A declared grace moves both edges. The target may have given up a session that could not answer before its visible end.
 * @returns undefined for a session that lives, and where nothing is declared to notice or to announce its end
 */
export function windowOf(session: Session, profile: Profile): Window | undefined {
  const { end, witness, connected } = session;
  const { graceMs } = profile;
  if (end === undefined) return undefined;
  if (end.ends === "with-target") {
    const latestMs = announcesEarlierSessions(profile) ? reconciledByMs(session, profile) : undefined;
    return latestMs === undefined ? undefined : { earliestMs: end.atMs, latestMs };
  }
  if (end.ends === "visibly") {
    const effectMs = witness?.effectAtMs ?? end.atMs;
    return {
      earliestMs: Math.min(end.atMs, unansweredFromMs(session, profile) ?? Infinity) + graceMs,
      latestMs: effectMs + visibleDeadlineMs(session, end.fault, profile) + graceMs,
    };
  }
  const periodMs = connected?.clientHeartbeatMs ?? 0;
  const deadlineMs = silenceDeadlineMs(end.fault, periodMs, profile);
  if (deadlineMs === undefined) return undefined;
  const lastByteMs = session.lastByteAtMs ?? end.atMs;
  const { otherSilenceMs } = profile;
  const soonestMs = Math.min(otherSilenceMs ?? 0, periodMs === 0 ? Infinity : periodMs);
  return {
    earliestMs: otherSilenceMs === undefined ? null : lastByteMs + soonestMs + graceMs,
    latestMs: lastByteMs + deadlineMs + graceMs,
  };
}

/** Returns the longest time from a silent client's last byte to its leave, in milliseconds; undefined where none is declared. */
function silenceDeadlineMs(cause: string, periodMs: number, profile: Profile): number | undefined {
  if (isSilentDrop(cause)) return silentDropMs(cause, profile);
  const { causes, silentMs, silenceIntervals } = profile.deadlines;
  return causes[cause] ?? (periodMs === 0 ? silentMs : periodMs * silenceIntervals);
}

/**
 * Returns the time from which on the target may have given up a session that lives but cannot answer, for example a WebSocket ping;
 * undefined for a session that receives the target's bytes.
 */
export const unansweredFromMs = (
  { deafened }: Session,
  { otherSilenceMs = 0 }: Profile,
): number | undefined => deafened && deafened.atMs + otherSilenceMs - clockErrorMs;

/**
 * Returns true where a restarted target announces the sessions that it had stored before it was killed. An observer without an
 * earlier roster cannot see who is missing from a new one.
 */
export const announcesEarlierSessions = ({ reconcile, notice }: Profile): boolean =>
  reconcile === "announced" && tellsEachLeave(notice);

/**
 * Returns the deadline for everything that the target still says of a session that ended with it; undefined before a restart, and
 * for a killed target without a declared deadline. A target that was asked to stop can clean up as it stops, so the deadlines of
 * other visible ends hold where none is declared.
 */
export function reconciledByMs({ restarted, end }: Session, profile: Profile): number | undefined {
  if (restarted === undefined) return undefined;
  const { deadlines, graceMs } = profile;
  if (deadlines.reconcileMs !== undefined) return restarted.atMs + deadlines.reconcileMs + graceMs;
  return end?.fault === stopTargetCause ? restarted.atMs + visibleDeadlineMaxMs(profile) : undefined;
}

/** Returns the time until which a returning client is certainly back within the declared grace. Its message needs time to arrive. */
export const surelyBackUntilMs = ({ atMs }: HistoryEvent, { graceMs }: Profile): number =>
  atMs + Math.max(0, Math.min(graceMs / 2, graceMs - clockErrorMs));

/** Returns the deadline of a session's visible end, in milliseconds after the end reached the target. */
export function visibleDeadlineMs(
  { opened: { transport } }: { readonly opened: Pick<EventOf<"opened">, "transport"> },
  cause: string,
  { deadlines: { endedMs, httpEndedMs, causes } }: Profile,
): number {
  return causes[cause] ?? (isOverHttp(transport) ? httpEndedMs : endedMs);
}

/** Returns the longest time that the announcement of a visible end may take, in milliseconds. */
export function visibleDeadlineMaxMs({ transport, deadlines, graceMs }: Profile): number {
  const { endedMs, httpEndedMs, causes } = deadlines;
  const httpMs = transport === "native" ? [] : [httpEndedMs];
  return Math.max(endedMs, ...httpMs, ...Object.values(causes)) + graceMs;
}
