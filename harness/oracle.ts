import type { EventOf, HistoryEvent } from "./history.ts";
import type { Profile } from "./profile.ts";

/** One session as the history shows it: from the transport's opening to the moment in which its end was begun. */
export interface Session {
  readonly actor: string;
  readonly opened: EventOf<"opened">;
  readonly connected: EventOf<"connected"> | undefined;
  readonly subscribed: EventOf<"subscribed"> | undefined;
  readonly identified: readonly EventOf<"identify-sent">[];
  /** The harness began to end it. */
  readonly end: EventOf<"fault-injected"> | undefined;
  /** The last disturbance that it has to live through. */
  readonly disturbed: EventOf<"fault-injected"> | undefined;
  readonly witness: EventOf<"fault-witnessed"> | undefined;
  /** The actor's own transport closed, whoever did it. */
  readonly closed: EventOf<"closed"> | undefined;
  /** When the last byte of it went to the target; known once it was settled. */
  readonly lastByteAtMs: number | undefined;
}

/** The sessions of a history, in the order in which they opened. */
export function sessionsOf(events: readonly HistoryEvent[]): Session[] {
  return ofKind(events, "opened").map((opened) => {
    const next = events.find(
      (e) => e.kind === "opened" && e.actor === opened.actor && e.index > opened.index,
    );
    const until = next?.index ?? Infinity;
    const own = events.filter((e) => e.actor === opened.actor && e.index > opened.index && e.index < until);
    const faults = ofKind(own, "fault-injected");
    const end = faults.find(({ ends }) => ends !== "not");
    // A reload is witnessed when the next session has begun.
    const witness = ofKind(events, "fault-witnessed").find(
      ({ actor, fault, index }) => actor === opened.actor && fault === end?.fault && index > end.index,
    );
    return {
      actor: opened.actor,
      opened,
      connected: ofKind(own, "connected")[0],
      subscribed: ofKind(own, "subscribed")[0],
      identified: ofKind(own, "identify-sent"),
      end,
      disturbed: faults.findLast(({ ends }) => ends === "not"),
      witness,
      closed: ofKind(own, "closed")[0],
      lastByteAtMs: ofKind(own, "last-byte-forwarded").at(-1)?.forwardedAtMs,
    };
  });
}

/** Who the session is: the data of its last identify before its end; undefined if it never identified. */
export function personOf(session: Session): string | undefined {
  const end = session.end?.index ?? Infinity;
  return session.identified.filter(({ index }) => index < end).at(-1)?.client;
}

/** The moments, in milliseconds, between which the leave of an ended session is due. */
export interface Window {
  /** Null where the target may have a mechanism whose interval nobody declared. */
  readonly earliestMs: number | null;
  readonly latestMs: number;
}

/**
 * The two-sided window of an ended session's leave. A visible end may be announced at once, and must be by the declared
 * deadline from when it reached the target. A silent one must not be before the negotiated period (STOMP 1.2,
 * "Heart-beating": the sender must send at least every n milliseconds, so less silence than that means nothing) or any
 * other mechanism's interval has passed since the last byte that the target can have had.
 * @returns undefined for a session that lives, or whose silence nothing is declared to notice
 */
export function windowOf(session: Session, profile: Profile): Window | undefined {
  const { end, witness, connected } = session;
  if (end === undefined) return undefined;
  if (end.ends === "visibly") {
    const effectMs = witness?.effectAtMs ?? end.atMs;
    return { earliestMs: end.atMs, latestMs: effectMs + visibleDeadlineMs(session, profile) };
  }
  const periodMs = connected?.clientHeartbeatMs ?? 0;
  if (periodMs === 0) return undefined;
  const lastByteMs = session.lastByteAtMs ?? end.atMs;
  const { otherSilenceMs } = profile;
  return {
    earliestMs: otherSilenceMs === undefined ? null : lastByteMs + Math.min(periodMs, otherSilenceMs),
    latestMs: lastByteMs + periodMs * profile.deadlines.silenceIntervals,
  };
}

/**
 * The latest moment at which a declared mechanism could still announce something of a session that was ended or
 * disturbed: its window's end, and, with heartbeats on, that of a timer which nobody stopped. 0 for one that was left
 * alone.
 */
export function quietFromMs(session: Session, profile: Profile): number {
  const { end, disturbed, witness, connected } = session;
  const since = end ?? disturbed;
  if (since === undefined) return 0;
  const visible = (witness?.effectAtMs ?? since.atMs) + visibleDeadlineMs(session, profile);
  const silent = since.atMs + (connected?.clientHeartbeatMs ?? 0) * profile.deadlines.silenceIntervals;
  return Math.max(visible, silent);
}

function visibleDeadlineMs({ opened: { transport } }: Session, { deadlines }: Profile): number {
  return transport === "websocket" || transport === "native" ? deadlines.endedMs : deadlines.httpEndedMs;
}

/**
 * Those who must hear of a session's end: other actors who had subscribed before it, and whose connection then stood
 * until everything was waited out. The sentinels come and go for their own sake and are none.
 */
export function observersOf(session: Session, events: readonly HistoryEvent[]): Session[] {
  const end = session.end?.index ?? Infinity;
  const until = ofKind(events, "waited-out").find(({ index }) => index > end)?.index ?? Infinity;
  return sessionsOf(events).filter(
    (other) =>
      other.actor !== session.actor &&
      !isSentinel(other.actor) &&
      other.subscribed !== undefined &&
      other.subscribed.index < end &&
      (other.end === undefined || other.end.index > until) &&
      (other.closed === undefined || other.closed.index > until),
  );
}

const sentinelPrefix = "sentinel-";
export const isSentinel = (actor: string): boolean => actor.startsWith(sentinelPrefix);
export const sentinelName = (number: number): string => `${sentinelPrefix}${number}`;

/** The leave notices that name `client`, as `observer` heard them. */
export function leavesHeard(
  events: readonly HistoryEvent[],
  observer: string,
  client: string,
): EventOf<"notice">[] {
  return ofKind(events, "notice").filter(
    (notice) => notice.actor === observer && notice.event === "leave" && notice.client === client,
  );
}

export function ofKind<K extends HistoryEvent["kind"]>(
  events: readonly HistoryEvent[],
  kind: K,
): EventOf<K>[] {
  return events.filter((event): event is EventOf<K> => event.kind === kind);
}
