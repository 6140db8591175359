import { clockErrorMs } from "../util/clock-error.ts";
import { ofKind, type HistoryEvent } from "./events/events.ts";
import type { Session } from "./sessions/sessions.ts";
import { unansweredFromMs, visibleDeadlineMaxMs } from "./sessions/windows.ts";
import type { Profile } from "../profile/profile.ts";
import { isOverHttp } from "../profile/transports.ts";
import { seconds } from "../util/words.ts";

/** Shortest delay of the harness that is recorded, in milliseconds. Checks allow this much for shorter ones. */
export const lagAllowanceMs = 100;

/** Tolerance of a deadline, in milliseconds. */
export const lateToleranceMs = lagAllowanceMs + clockErrorMs;

/**
 * Longest delay of the harness, in milliseconds, that cannot have made a client miss a duty such as its heartbeat. It is a quarter of the
 * shortest usual deadline.
 */
export const lagMarginMs = 250;

/**
 * Longest delay of the harness, in milliseconds, by which no WebSocket ping of the target stays unanswered. Servers wait at least
 * about a second for a pong.
 */
const stallMarginMs = 1_000;

/**
 * Largest number of event loop turns for which an end and its notice wait: about ten with a closing handshake on a WebSocket, and
 * ten more where an observer polls, or where a target runs in the harness's own process.
 */
const turnsMax = 20;

/**
 * Returns the longest delay of a notice that the harness can have caused between two times, in milliseconds. Each turn of the event
 * loop may be as late as the latest one, but all turns together not later than the event loop's total delay.
 */
export const lagBetweenMs = (events: readonly HistoryEvent[], fromMs: number, toMs: number): number =>
  Math.min(sumOfLagsMs(events, fromMs, toMs), turnsMax * longestLagMs(events, fromMs, toMs));

/**
 * Returns the harness's total delay between two times, in milliseconds: the sum of its event loop's delays, or the longest delay
 * of its proxies if that is longer.
 */
export function sumOfLagsMs(events: readonly HistoryEvent[], fromMs: number, toMs: number): number {
  const lags = ofKind(events, "harness-lagged").map(
    ({ atMs, lagMs, sumMs = lagMs, overMs = lagMs, source }) => {
      const sharedMs = Math.min(atMs, toMs) - Math.max(atMs - overMs, fromMs);
      return { source, ms: Math.max(0, Math.min(sumMs, sharedMs)) };
    },
  );
  const of = (wanted: "event-loop" | "proxy") =>
    lags.filter(({ source }) => source === wanted).map(({ ms }) => ms);
  return Math.max(
    of("event-loop").reduce((sum, ms) => sum + ms, 0),
    ...of("proxy"),
  );
}

/** Returns the harness's longest single delay that overlaps the time between two times, in milliseconds. */
export function longestLagMs(events: readonly HistoryEvent[], fromMs: number, toMs: number): number {
  const touching = ofKind(events, "harness-lagged").filter(
    ({ atMs, lagMs, overMs = lagMs }) => atMs >= fromMs && atMs - overMs <= toMs,
  );
  return Math.max(0, ...touching.map(({ lagMs }) => lagMs));
}

/**
 * Compares a time with its deadline. `open` means that the harness's own delay may explain the lateness, so that only another
 * attempt can decide.
 * @returns undefined where it is in time
 */
export function latenessOf(atMs: number, latestMs: number, lagMs: number): "late" | "open" | undefined {
  const lateMs = atMs - latestMs - lateToleranceMs;
  if (lateMs <= 0) return undefined;
  return lateMs > lagMs ? "late" : "open";
}

/** Returns the reason for not judging a time that the harness itself may have delayed. */
export const tooLate = (lagMs: number): string =>
  `the harness itself was delayed by ${Math.round(lagMs)} ms, which may be the cause`;

/**
 * Returns the client's own reason for the end of a session at `atMs`; undefined where there is none:
 * - Its client closed by itself.
 * - It received nothing from the target, and so could not answer, for as long as any mechanism but heartbeats takes.
 * - The harness held its identify message, and with it all it sent, for as long as a heartbeat or another mechanism takes.
 * - The harness's event loop delayed its heartbeats, or over HTTP its next request.
 *
 * Another check judges notices that a client receives late.
 */
export function ownReason(
  session: Session | undefined,
  atMs: number,
  { events, profile }: { readonly events: readonly HistoryEvent[]; readonly profile: Profile },
): string | undefined {
  if (session === undefined) return undefined;
  const { actor, opened, connected } = session;
  const gaveUp = ofKind(events, "gave-up").find(
    (e) => e.actor === actor && e.index > opened.index && e.atMs <= atMs + lagAllowanceMs,
  );
  if (gaveUp?.reason !== undefined)
    return `${actor}'s client could not read a message of the target and closed its connection: ${gaveUp.reason}`;
  if (gaveUp !== undefined)
    return `${actor}'s client missed the target's heartbeats and closed its connection`;
  if (atMs >= (unansweredFromMs(session, profile) ?? Infinity))
    return `${actor} could not receive, and so not answer, a request of the target`;
  const heldMs = heldFor(session, atMs);
  const beatMs = connected?.clientHeartbeatMs ?? 0;
  const answerMs = Math.min(beatMs > 0 ? beatMs : Infinity, profile.otherSilenceMs ?? Infinity);
  if (heldMs >= answerMs)
    return `hangup had held all that ${actor} sent for ${seconds(heldMs)}, also its heartbeats`;
  return delayReason(session, atMs, { events, profile });
}

/**
 * Returns the reason for an end of a session at `atMs` that lies in the harness's own delay; undefined where there is none: its heartbeats, its
 * next request over HTTP, or an answer to a ping came late.
 */
export function delayReason(
  { opened, connected }: Session,
  atMs: number,
  { events, profile }: { readonly events: readonly HistoryEvent[]; readonly profile: Profile },
): string | undefined {
  const beatMs = connected?.clientHeartbeatMs ?? 0;
  const { silenceIntervals, httpEndedMs } = profile.deadlines;
  const asks = isOverHttp(opened.transport);
  const promisedMs = Math.max(beatMs * silenceIntervals, asks ? httpEndedMs : 0);
  const lagMs = longestLagMs(events, atMs - promisedMs, atMs);
  if (promisedMs > 0 && lagMs > lagMarginMs) return tooLate(lagMs);
  const answersMs = Math.max(profile.otherSilenceMs ?? 0, visibleDeadlineMaxMs(profile));
  const stallMs = longestLagMs(events, atMs - answersMs, atMs);
  return stallMs > stallMarginMs ? tooLate(stallMs) : undefined;
}

/** Returns for how long the harness had held what a session sends, at a time before its end; 0 if it held nothing. */
const heldFor = ({ held, end }: Session, atMs: number): number =>
  held === undefined ? 0 : Math.max(0, Math.min(atMs, end?.atMs ?? Infinity) - held.atMs);
