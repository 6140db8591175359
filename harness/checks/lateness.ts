import type { HistoryEvent } from "../history.ts";
import { ofKind, visibleDeadlineMaxMs, type Session } from "../oracle.ts";
import type { Profile } from "../profile.ts";

/** Delays of the harness from here on are put on record; shorter ones are allowed for by this much, in milliseconds. */
export const lagAllowanceMs = 100;

/** Beyond this, a quarter of the shortest usual deadline, the harness's own delay is too long to make allowance for. */
export const lagMarginMs = 250;

/**
 * Beyond this, in milliseconds, the harness may have left a WebSocket ping of the target unanswered, which any client owes.
 * Servers wait at least about a second for a pong.
 */
const stallMarginMs = 1_000;

/** The harness's own longest delay that touched the time between the two moments, in milliseconds. */
export function lagBetweenMs(events: readonly HistoryEvent[], fromMs: number, toMs: number): number {
  const touching = ofKind(events, "harness-lagged").filter(
    ({ atMs, lagMs }) => atMs >= fromMs && atMs - lagMs <= toMs,
  );
  return Math.max(0, ...touching.map(({ lagMs }) => lagMs));
}

/** The reason not to judge by a time that the harness itself may have made. */
export const tooLate = (lagMs: number): string =>
  `the harness itself was late by ${Math.round(lagMs)} ms, more than its margin of ${lagMarginMs} ms`;

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
  const deaf = ofKind(events, "fault-injected").find(
    (e) => e.actor === actor && e.fault === "blackhole-from-target",
  );
  if (deaf !== undefined && atMs >= deaf.atMs + (profile.otherSilenceMs ?? 0))
    return `${actor} could not hear, and so not answer, what the target may have asked of it`;
  const { silenceIntervals, httpEndedMs } = profile.deadlines;
  const asks = opened.transport !== "websocket" && opened.transport !== "native";
  const promisedMs = Math.max((connected?.clientHeartbeatMs ?? 0) * silenceIntervals, asks ? httpEndedMs : 0);
  const lagMs = lagBetweenMs(events, atMs - promisedMs, atMs);
  if (promisedMs > 0 && lagMs > lagMarginMs) return tooLate(lagMs);
  const answersMs = Math.max(profile.otherSilenceMs ?? 0, visibleDeadlineMaxMs(profile));
  const stallMs = lagBetweenMs(events, atMs - answersMs, atMs);
  return stallMs > stallMarginMs ? tooLate(stallMs) : undefined;
}
