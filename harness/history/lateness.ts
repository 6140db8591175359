import { clockErrorMs } from "../util/clock-error.ts";
import { ofKind, type HistoryEvent } from "./events/events.ts";
import type { Session } from "./sessions/sessions.ts";
import { unansweredFromMs, visibleDeadlineMaxMs } from "./sessions/windows.ts";
import type { Profile } from "../profile/profile.ts";

/** A single delay of the harness from here on is put on record; shorter ones are allowed for by this much, in milliseconds. */
export const lagAllowanceMs = 100;

/** What comes so much after its latest moment is not late yet, in milliseconds. */
export const lateToleranceMs = lagAllowanceMs + clockErrorMs;

/** Beyond this, a quarter of the shortest usual deadline, one delay of the harness may have kept a client from what it owes. */
export const lagMarginMs = 250;

/**
 * Beyond this, in milliseconds, the harness may have left a WebSocket ping of the target unanswered, which any client owes.
 * Servers wait at least about a second for a pong.
 */
const stallMarginMs = 1_000;

/**
 * For so many turns of the harness's event loop at most an end and its notice wait: about ten with a closing handshake on a
 * WebSocket, and as many again where an observer polls, or a target runs in the harness's own process.
 */
const turnsMax = 20;

/**
 * Returns as much as the harness itself can have delayed a notice between the two moments, in milliseconds. Each turn of the event
 * loop that it waits for may be as late as the latest, but all together not more than the event loop was in that time.
 */
export const lagBetweenMs = (events: readonly HistoryEvent[], fromMs: number, toMs: number): number =>
  Math.min(sumOfLagsMs(events, fromMs, toMs), turnsMax * longestLagMs(events, fromMs, toMs));

/**
 * Returns all that the harness was late between the two moments, in milliseconds: the sum of its event loop's delays, or the
 * longest way through its proxies.
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

/** Returns the harness's own longest single delay that touched the time between the two moments, in milliseconds. */
export function longestLagMs(events: readonly HistoryEvent[], fromMs: number, toMs: number): number {
  const touching = ofKind(events, "harness-lagged").filter(
    ({ atMs, lagMs, overMs = lagMs }) => atMs >= fromMs && atMs - overMs <= toMs,
  );
  return Math.max(0, ...touching.map(({ lagMs }) => lagMs));
}

/**
 * Judges a moment by the latest that it may be: `open` where the harness's own delay is long enough to explain how late it is,
 * so that only another attempt can tell.
 * @returns undefined where it is in time
 */
export function latenessOf(atMs: number, latestMs: number, lagMs: number): "late" | "open" | undefined {
  const lateMs = atMs - latestMs - lateToleranceMs;
  if (lateMs <= 0) return undefined;
  return lateMs > lagMs ? "late" : "open";
}

/** The reason not to judge by a time that the harness itself may have made. */
export const tooLate = (lagMs: number): string =>
  `the harness itself was late by ${Math.round(lagMs)} ms, which may be why`;

/**
 * Why a session that seems to have been given up at `atMs` may have given reason to: its client closed by itself; it could
 * not hear what it has to answer, for as long as anything but heartbeats takes; or its heartbeats, or over HTTP its next
 * request, which come from the harness's own event loop, were held up there. Undefined where none is so. What a client
 * hears too late has a check of its own.
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
    return `${actor}'s client could not read what came, and closed its connection by itself: ${gaveUp.reason}`;
  if (gaveUp !== undefined)
    return `${actor}'s client missed the target's heartbeats, and closed its connection by itself`;
  if (atMs >= (unansweredFromMs(session, profile) ?? Infinity))
    return `${actor} could not hear, and so not answer, what the target may have asked of it`;
  const { silenceIntervals, httpEndedMs } = profile.deadlines;
  const asks = opened.transport !== "websocket" && opened.transport !== "native";
  const promisedMs = Math.max((connected?.clientHeartbeatMs ?? 0) * silenceIntervals, asks ? httpEndedMs : 0);
  const lagMs = longestLagMs(events, atMs - promisedMs, atMs);
  if (promisedMs > 0 && lagMs > lagMarginMs) return tooLate(lagMs);
  const answersMs = Math.max(profile.otherSilenceMs ?? 0, visibleDeadlineMaxMs(profile));
  const stallMs = longestLagMs(events, atMs - answersMs, atMs);
  return stallMs > stallMarginMs ? tooLate(stallMs) : undefined;
}
