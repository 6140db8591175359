import { clockErrorMs } from "../../util/clock-error.ts";
import type { EventOf, HistoryEvent } from "../history.ts";
import type { Profile } from "../../profile/profile.ts";
import { isSilentDrop, silentDropMs } from "../../profile/silent-drop.ts";

/** One session as the history shows it: from the transport's opening to the moment in which its end was begun. */
export interface Session {
  readonly actor: string;
  readonly opened: EventOf<"opened">;
  readonly connected: EventOf<"connected"> | undefined;
  readonly subscribed: EventOf<"subscribed"> | undefined;
  readonly unsubscribed: EventOf<"unsubscribed"> | undefined;
  readonly identified: readonly EventOf<"identify-sent">[];
  /** Its last identify was still on the way when its end began. */
  readonly held: EventOf<"identify-held"> | undefined;
  /** The fault after which the client received nothing more, and so answered nothing. What the client sent still arrived. */
  readonly deafened: EventOf<"fault-injected"> | undefined;
  /** The harness began to end it. */
  readonly end: EventOf<"fault-injected"> | undefined;
  readonly witness: EventOf<"fault-witnessed"> | undefined;
  /** Where it ended with the target: the target is up again. */
  readonly restarted: EventOf<"target-started"> | undefined;
  /** The actor's own transport closed, whoever did it. */
  readonly closed: EventOf<"closed"> | undefined;
  /**
   * Who began that: the harness by a fault; the actor's client by itself, for a reason that the target gave it; or the target
   * (a network that drops connections by itself can't be told from it). Undefined while the transport is open.
   */
  readonly closedBy: "harness" | "client" | "target" | undefined;
  /** Where its client closed by itself: why. */
  readonly gaveUp: EventOf<"gave-up"> | undefined;
  /** When the last byte of it went to the target; known once it was settled. */
  readonly lastByteAtMs: number | undefined;
}

/** What was read of a history when it was so long. Histories only grow, and much is asked of each at every event. */
const read = new WeakMap<
  readonly HistoryEvent[],
  { readonly length: number; readonly sessions: Session[] }
>();

/** The sessions of a history, in the order in which they opened. */
export function sessionsOf(events: readonly HistoryEvent[]): readonly Session[] {
  const before = read.get(events);
  if (before?.length === events.length) return before.sessions;
  const sessions = readSessions(events);
  read.set(events, { length: events.length, sessions });
  return sessions;
}

function readSessions(events: readonly HistoryEvent[]): Session[] {
  return ofKind(events, "opened").map((opened) => {
    const next = events.find(
      (e) => e.kind === "opened" && e.actor === opened.actor && e.index > opened.index,
    );
    const until = next?.index ?? Infinity;
    const own = events.filter((e) => e.actor === opened.actor && e.index > opened.index && e.index < until);
    const end = ofKind(own, "fault-injected").find(
      (fault) => fault.ends !== "not" && !isForestalled(events, fault),
    );
    const closed = ofKind(own, "closed")[0];
    const gaveUp = ofKind(own, "gave-up")[0];
    const identified = ofKind(own, "identify-sent");
    return {
      actor: opened.actor,
      opened,
      connected: ofKind(own, "connected")[0],
      subscribed: ofKind(own, "subscribed")[0],
      unsubscribed: ofKind(own, "unsubscribed")[0],
      deafened: ofKind(own, "fault-injected").find(({ fault }) => fault === "blackhole-from-target"),
      identified,
      held: ofKind(own, "identify-held").find(({ index }) => index > (identified.at(-1)?.index ?? Infinity)),
      end,
      // A reload is witnessed when the next session has begun.
      witness: end === undefined ? undefined : witnessOf(events, end),
      restarted: end?.ends === "with-target" ? startAfter(events, end) : undefined,
      closed,
      closedBy: closed && whoClosed(closed, end ?? ofKind(events, "target-stopped")[0], gaveUp),
      gaveUp,
      lastByteAtMs: ofKind(own, "last-byte-forwarded").at(-1)?.forwardedAtMs,
    };
  });
}

function whoClosed(
  closed: HistoryEvent,
  byHarness: HistoryEvent | undefined,
  gaveUp: HistoryEvent | undefined,
): Session["closedBy"] {
  const isFirst = (event: HistoryEvent | undefined) => event !== undefined && event.index < closed.index;
  if (isFirst(byHarness)) return "harness";
  return isFirst(gaveUp) ? "client" : "target";
}

const startAfter = (events: readonly HistoryEvent[], end: HistoryEvent) =>
  ofKind(events, "target-started").find(({ index }) => index > end.index);

/** What an actor did and saw from a fault on, until its next one. */
function aftermathOf(
  events: readonly HistoryEvent[],
  { actor, index }: EventOf<"fault-injected">,
): readonly HistoryEvent[] {
  const own = events.filter((e) => e.actor === actor && e.index > index);
  const next = own.findIndex(({ kind }) => kind === "fault-injected");
  return next < 0 ? own : own.slice(0, next);
}

/** The proof that a fault took effect. It counts for the fault before it, not for a like one that came earlier. */
export function witnessOf(
  events: readonly HistoryEvent[],
  fault: EventOf<"fault-injected">,
): EventOf<"fault-witnessed"> | undefined {
  return ofKind(aftermathOf(events, fault), "fault-witnessed").find((w) => w.fault === fault.fault);
}

/** Whether the connection had ended by itself before the fault could touch it. */
export const isForestalled = (events: readonly HistoryEvent[], fault: EventOf<"fault-injected">): boolean =>
  ofKind(aftermathOf(events, fault), "fault-forestalled").some((e) => e.fault === fault.fault) ||
  endedByTargetBefore(events, fault);

/** Whether the target's end of the actor's connection had come to the proxy before the fault began; its client saw it later. */
function endedByTargetBefore(events: readonly HistoryEvent[], { actor, index }: HistoryEvent): boolean {
  const own = events.filter((e) => e.actor === actor);
  const last = own.findLast((e) => e.index < index && (e.kind === "opened" || e.kind === "end-received"));
  const next = own.find((e) => e.index > index && (e.kind === "opened" || e.kind === "closed"));
  return last?.kind === "end-received" && next?.kind === "closed";
}

/** Who the session is: the data of its last identify before its end; undefined if it never identified. */
export function personOf(session: Session): string | undefined {
  const end = session.end?.index ?? Infinity;
  return session.identified.filter(({ index }) => index < end).at(-1)?.client;
}

/**
 * What shows that the target took the session's DISCONNECT: it answered it, closed the connection, or told of the leave. That
 * it was sent does not: what a target has not read yet, a reset throws away.
 * @returns the DISCONNECT and what shows it; undefined while nothing does
 */
export function takenDisconnect(
  session: Session,
  events: readonly HistoryEvent[],
): { readonly said: HistoryEvent; readonly taken: HistoryEvent } | undefined {
  const { actor, opened } = session;
  const said = ofKind(events, "disconnect-sent").find((e) => e.actor === actor && e.index > opened.index);
  if (said === undefined) return undefined;
  const person = personOf(session);
  const taken = events.slice(said.index).find((e) => {
    if (e.kind === "notice") return e.event === "leave" && e.client === person;
    return e.actor === actor && (e.kind === "receipt" || e.kind === "closed");
  });
  return taken && { said, taken };
}

/** Whether the session had begun by the event of that index, and its end had not, whoever began that. */
export const livesAt = ({ opened, end, closed }: Session, index: number): boolean =>
  opened.index < index && (end ?? closed ?? { index: Infinity }).index > index;

/**
 * From when on, in milliseconds, the target may have given up a session that lives but can't answer it, as one whose WebSocket
 * pings stay without a pong; undefined for one that hears.
 */
export const unansweredFromMs = (
  { deafened }: Session,
  { otherSilenceMs = 0 }: Profile,
): number | undefined => deafened && deafened.atMs + otherSilenceMs - clockErrorMs;

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
 * other mechanism's interval has passed since the last byte that the target can have had. One with the target itself must
 * be announced in the declared time from when the target is up again. A declared grace moves both. A session that could not
 * answer may have been given up before its visible end.
 * @returns undefined for a session that lives, or whose end nothing is declared to notice, or to announce
 */
export function windowOf(session: Session, profile: Profile): Window | undefined {
  const { end, witness, connected } = session;
  const { graceMs } = profile;
  if (end === undefined) return undefined;
  if (end.ends === "with-target") {
    const latestMs = announcesOld(profile) ? reconciledByMs(session, profile) : undefined;
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

/** Latest time from a silent client's last byte to its leave, in milliseconds; undefined where nothing is declared. */
function silenceDeadlineMs(cause: string, periodMs: number, profile: Profile): number | undefined {
  if (isSilentDrop(cause)) return silentDropMs(cause, profile);
  const { causes, silentMs, silenceIntervals } = profile.deadlines;
  return causes[cause] ?? (periodMs === 0 ? silentMs : periodMs * silenceIntervals);
}

/**
 * Whether those whom a killed target had stored are told to have left when it is up again. Who is missing from a list that
 * nobody had before is not seen to leave.
 */
export const announcesOld = ({ reconcile, notice }: Profile): boolean =>
  reconcile === "announced" && notice.roster === undefined;

/** By when a session that ended with the target is reconciled; undefined where it is not up again, or nothing is declared. */
export function reconciledByMs({ restarted }: Session, { deadlines, graceMs }: Profile): number | undefined {
  const { reconcileMs } = deadlines;
  return restarted === undefined || reconcileMs === undefined
    ? undefined
    : restarted.atMs + reconcileMs + graceMs;
}

/**
 * The moment from which on nothing can still be announced of what was done: every end and every disturbance, of a session
 * or before there was one, has had its deadline, and every timer that nobody stopped its time. 0 where nothing was done.
 */
export function quietFromMs(events: readonly HistoryEvent[], profile: Profile): number {
  const sessions = sessionsOf(events);
  const { silenceIntervals } = profile.deadlines;
  const doneMs = ofKind(events, "fault-injected").map((fault) => {
    if (isSentinel(fault.actor)) return 0;
    const witness = witnessOf(events, fault);
    const healed = ofKind(aftermathOf(events, fault), "fault-healed")[0];
    const session = sessions.findLast((s) => s.actor === fault.actor && s.opened.index < fault.index);
    if (session !== undefined && fault.ends === "with-target")
      return reconciledByMs(session, profile) ?? fault.atMs;
    // A disturbance is not over before it is healed, or was seen to be.
    const overMs = fault.ends === "not" ? (healed ?? witness ?? fault).atMs : fault.atMs;
    const visibleMs =
      session === undefined
        ? visibleDeadlineMaxMs(profile)
        : visibleDeadlineMs(session, fault.fault, profile) + profile.graceMs;
    const silentMs = (session?.connected?.clientHeartbeatMs ?? 0) * silenceIntervals + profile.graceMs;
    const window = session?.end?.index === fault.index ? windowOf(session, profile) : undefined;
    return Math.max(
      (witness?.effectAtMs ?? overMs) + visibleMs,
      overMs + visibleMs,
      overMs + silentMs,
      window?.latestMs ?? 0,
    );
  });
  const passedMs = ofKind(events, "passed-by").map(
    (passed) => passed.atMs + visibleDeadlineMs({ opened: passed }, passed.fault, profile) + profile.graceMs,
  );
  return Math.max(0, ...doneMs, ...passedMs);
}

/** Those who passed by and of whose leave nobody has heard. */
export function passedUnheard(events: readonly HistoryEvent[]): EventOf<"passed-by">[] {
  const told = new Set(
    ofKind(events, "notice").flatMap(({ event, client }) => (event === "leave" ? client : [])),
  );
  return ofKind(events, "passed-by").filter(({ client }) => !told.has(client));
}

/**
 * Until when whoever left has surely come back in time: well within a declared grace, since the message that says so needs
 * its time to get there.
 */
export const surelyBackUntilMs = ({ atMs }: HistoryEvent, { graceMs }: Profile): number =>
  atMs + Math.max(0, Math.min(graceMs / 2, graceMs - clockErrorMs));

/** By when a visible end of the session must be noticed, in milliseconds from when it reached the target. */
export function visibleDeadlineMs(
  { opened: { transport } }: { readonly opened: Pick<EventOf<"opened">, "transport"> },
  cause: string,
  { deadlines: { endedMs, httpEndedMs, causes } }: Profile,
): number {
  return causes[cause] ?? (transport === "websocket" || transport === "native" ? endedMs : httpEndedMs);
}

/** The longest that the announcement of a visible end may take, in milliseconds. */
export function visibleDeadlineMaxMs({ transport, deadlines, graceMs }: Profile): number {
  const { endedMs, httpEndedMs, causes } = deadlines;
  const httpMs = transport === "native" ? [] : [httpEndedMs];
  return Math.max(endedMs, ...httpMs, ...Object.values(causes)) + graceMs;
}

/**
 * Those who must hear of a session's end: other actors who had subscribed before it, and whose connection then stood
 * until everything was waited out; where it ended with the target, those who subscribed when that was up again. The
 * sentinels come and go for their own sake and are none.
 */
export function observersOf(session: Session, events: readonly HistoryEvent[]): Session[] {
  const end = session.end?.index ?? Infinity;
  const until = ofKind(events, "waited-out").find(({ index }) => index > end)?.index ?? Infinity;
  const [from, to] =
    session.end?.ends === "with-target" ? [session.restarted?.index ?? Infinity, until] : [-1, end];
  return sessionsOf(events).filter(
    (other) =>
      other.actor !== session.actor &&
      !isSentinel(other.actor) &&
      other.subscribed !== undefined &&
      other.subscribed.index > from &&
      other.subscribed.index < to &&
      (other.unsubscribed === undefined || other.unsubscribed.index > until) &&
      (other.end === undefined || other.end.index > until) &&
      (other.closed === undefined || other.closed.index > until),
  );
}

/** Whether at the end of the history it is subscribed, and nothing is known to have ended it. */
export const listens = ({ subscribed, unsubscribed, end, closed }: Session): boolean =>
  subscribed !== undefined && [unsubscribed, end, closed].every((event) => event === undefined);

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
