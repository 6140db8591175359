import type { EventOf, HistoryEvent } from "./history.ts";
import type { Profile } from "./profile.ts";

/** One session as the history shows it: from the transport's opening to the moment in which its end was begun. */
export interface Session {
  readonly actor: string;
  readonly opened: EventOf<"opened">;
  readonly connected: EventOf<"connected"> | undefined;
  readonly subscribed: EventOf<"subscribed"> | undefined;
  readonly identified: readonly EventOf<"identify-sent">[];
  readonly end: EventOf<"fault-injected"> | undefined;
  /** The actor's own transport closed without the harness having begun its end. */
  readonly closed: EventOf<"closed"> | undefined;
  /** When the last byte of it went to the target; known once it was settled. */
  readonly lastByteAtMs: number | undefined;
}

/** The sessions of a history, in the order in which they opened. */
export function sessionsOf(events: readonly HistoryEvent[]): Session[] {
  const sessions: Session[] = [];
  for (const opened of ofKind(events, "opened")) {
    const next = events.find(
      (e) => e.kind === "opened" && e.actor === opened.actor && e.index > opened.index,
    );
    const until = next?.index ?? Infinity;
    const own = events.filter((e) => e.actor === opened.actor && e.index > opened.index && e.index < until);
    const last = ofKind(own, "last-byte-forwarded").at(-1);
    sessions.push({
      actor: opened.actor,
      opened,
      connected: ofKind(own, "connected")[0],
      subscribed: ofKind(own, "subscribed")[0],
      identified: ofKind(own, "identify-sent"),
      end: ofKind(own, "fault-injected")[0],
      closed: ofKind(own, "closed")[0],
      lastByteAtMs: last?.forwardedAtMs,
    });
  }
  return sessions;
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
 * The two-sided window of an ended session's leave. A visible end may be announced at once and must be by the
 * declared deadline. A silent one must not be before the negotiated period (STOMP 1.2, "Heart-beating": the sender
 * must send at least every n milliseconds, so less silence than that means nothing) or any other mechanism's interval
 * has passed since the last byte that the target can have had.
 * @returns undefined for a session that lives, or whose silence nothing is declared to notice
 */
export function windowOf(session: Session, profile: Profile): Window | undefined {
  const { end, opened, connected } = session;
  if (end === undefined) return undefined;
  const { endedMs, httpEndedMs, silenceIntervals } = profile.deadlines;
  if (end.ends === "visibly") {
    return { earliestMs: end.atMs, latestMs: end.atMs + (isHttp(opened.transport) ? httpEndedMs : endedMs) };
  }
  const periodMs = connected?.clientHeartbeatMs ?? 0;
  if (periodMs === 0) return undefined;
  const lastByteMs = session.lastByteAtMs ?? end.atMs;
  return {
    earliestMs:
      profile.otherSilenceMs === undefined ? null : lastByteMs + Math.min(periodMs, profile.otherSilenceMs),
    latestMs: lastByteMs + periodMs * silenceIntervals,
  };
}

/**
 * The latest moment at which any mechanism that is on could still announce something of an ended session: its
 * window's end, and, with heartbeats on, that of a timer which nobody stopped.
 */
export function quietFromMs(session: Session, profile: Profile): number {
  const { end, opened, connected } = session;
  if (end === undefined) return 0;
  const { endedMs, httpEndedMs, silenceIntervals } = profile.deadlines;
  const visible = end.atMs + (isHttp(opened.transport) ? httpEndedMs : endedMs);
  const silent = end.atMs + (connected?.clientHeartbeatMs ?? 0) * silenceIntervals;
  return Math.max(visible, silent);
}

const isHttp = (transport: string) => transport !== "websocket" && transport !== "native";

/**
 * The ended sessions of `client` that the policy has announced. With `last`, only those at whose end no other
 * session of that person lives. `maybe` are those where that depends on which of an end and a new beginning the
 * target saw first, as with a reload.
 */
export function dueEnds(
  events: readonly HistoryEvent[],
  client: string,
  policy: Profile["sessions"],
): { readonly due: readonly Session[]; readonly maybe: readonly Session[] } {
  const own = sessionsOf(events).filter((session) => personOf(session) === client);
  const ended = own.filter(({ end }) => end !== undefined).sort(byEnd);
  if (policy === "each") return { due: ended, maybe: [] };
  const last = ended.filter((session) => own.every((other) => !livesAt(other, session.end?.index ?? 0)));
  const reopened = (session: Session) => own.some(({ opened }) => opened.index > (session.end?.index ?? 0));
  return { due: last.filter((session) => !reopened(session)), maybe: last.filter(reopened) };
}

const byEnd = (a: Session, b: Session) => (a.end?.index ?? 0) - (b.end?.index ?? 0);
const livesAt = (session: Session, index: number) =>
  session.opened.index < index && (session.end === undefined || session.end.index > index);

/**
 * Those who must hear of a session's end: subscribed before it, other actors, and neither ended nor closed since. The
 * sentinels come and go for their own sake and are none.
 */
export function observersOf(session: Session, events: readonly HistoryEvent[]): Session[] {
  const end = session.end?.index ?? Infinity;
  return sessionsOf(events).filter(
    (other) =>
      other.actor !== session.actor &&
      !isSentinel(other.actor) &&
      other.end === undefined &&
      other.closed === undefined &&
      other.subscribed !== undefined &&
      other.subscribed.index < end,
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

/**
 * The leave that announces this very session to `observer`. Sessions of one person look alike in a notice; they are
 * matched in the order of their ends.
 */
export function leaveHeard(
  events: readonly HistoryEvent[],
  session: Session,
  observer: string,
  policy: Profile["sessions"],
): EventOf<"notice"> | undefined {
  const client = personOf(session);
  if (client === undefined) return undefined;
  const place = dueEnds(events, client, policy).due.findIndex(
    ({ opened }) => opened.index === session.opened.index,
  );
  return place < 0 ? undefined : leavesHeard(events, observer, client)[place];
}

export function ofKind<K extends HistoryEvent["kind"]>(
  events: readonly HistoryEvent[],
  kind: K,
): EventOf<K>[] {
  return events.filter((event): event is EventOf<K> => event.kind === kind);
}
