import { cachedByHistory } from "../cached-by-history.ts";
import { ofKind, type EventOf, type HistoryEvent } from "../events/events.ts";
import { isForestalled, witnessOf } from "./fault-effects.ts";

/** One session, as the history shows it: from the transport's opening to the begin of its end. */
export interface Session {
  readonly actor: string;
  readonly opened: EventOf<"opened">;
  readonly connected: EventOf<"connected"> | undefined;
  readonly subscribed: EventOf<"subscribed"> | undefined;
  /** The end of its subscription, or of a shared observer's listening for the case. */
  readonly unsubscribed: EventOf<"unsubscribed" | "observer-detached"> | undefined;
  readonly identified: readonly EventOf<"identify-sent">[];
  /** Set where the session's last identify message was still on its way when the end began. */
  readonly held: EventOf<"identify-held"> | undefined;
  /** The fault that keeps the target's bytes from the client, so that it answers nothing. The client's own bytes still arrive. */
  readonly deafened: EventOf<"fault-injected"> | undefined;
  /** The fault by which the harness ends the session. */
  readonly end: EventOf<"fault-injected"> | undefined;
  readonly witness: EventOf<"fault-witnessed"> | undefined;
  /** The target's restart, for a session that ended with the target. */
  readonly restarted: EventOf<"target-started"> | undefined;
  /** The close of the actor's transport, by any side. */
  readonly closed: EventOf<"closed"> | undefined;
  /**
   * The side that began the close: the harness by a fault; the actor's client, for a reason that the target gave it; or the
   * target. A network that drops connections looks the same as the target. Undefined while the transport is open.
   */
  readonly closedBy: "harness" | "client" | "target" | undefined;
  /** The reason of a client that closed by itself. */
  readonly gaveUp: EventOf<"gave-up"> | undefined;
  /** Time of the last byte that the proxy forwarded to the target. Known when the case has settled. */
  readonly lastByteAtMs: number | undefined;
}

/** Returns the sessions of a history, in the order in which they opened. */
export const sessionsOf: (events: readonly HistoryEvent[]) => readonly Session[] =
  cachedByHistory(readSessions);

function readSessions(events: readonly HistoryEvent[]): Session[] {
  const openings = events.filter(isOpening);
  return openings.map((opening) => {
    const steps = opening.kind === "opened" ? [opening] : stepsOf(opening);
    const opened = steps[0];
    const next = openings.find(({ actor, index }) => actor === opening.actor && index > opening.index);
    const until = next?.index ?? Infinity;
    const own = [
      ...steps.slice(1),
      ...events.filter((e) => e.actor === opening.actor && e.index > opening.index && e.index < until),
    ];
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
      unsubscribed: ofKind(own, "unsubscribed")[0] ?? ofKind(own, "observer-detached")[0],
      deafened: ofKind(own, "fault-injected").find(({ fault }) => fault === "blackhole-from-target"),
      identified,
      held: ofKind(own, "identify-held").find(({ index }) => index > (identified.at(-1)?.index ?? Infinity)),
      end,
      // The witness of a reload may come after the next session has begun.
      witness: end === undefined ? undefined : witnessOf(events, end),
      restarted: end?.ends === "with-target" ? startAfter(events, end) : undefined,
      closed,
      closedBy: closed && whoClosed(closed, end ?? stopAfter(events, opened), gaveUp),
      gaveUp,
      lastByteAtMs: ofKind(own, "last-byte-forwarded").at(-1)?.forwardedAtMs,
    };
  });
}

type Opening = EventOf<"opened"> | EventOf<"observer-attached">;

const isOpening = (event: HistoryEvent): event is Opening =>
  event.kind === "opened" || event.kind === "observer-attached";

/** Returns the steps by which a shared observer came to listen, as if they had happened when the case attached it. */
function stepsOf(event: EventOf<"observer-attached">): [EventOf<"opened">, ...HistoryEvent[]] {
  const { index, atMs, actor, transport, sessionId, version, clientHeartbeatMs, serverHeartbeatMs } = event;
  const { destination, confirmedBy, client } = event;
  return [
    { index, atMs, actor, kind: "opened", transport, sessionId },
    { index, atMs, actor, kind: "connected", version, clientHeartbeatMs, serverHeartbeatMs },
    { index, atMs, actor, kind: "subscribed", destination, confirmedBy },
    { index, atMs, actor, kind: "identify-sent", client, body: "" },
  ];
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

const stopAfter = (events: readonly HistoryEvent[], opened: HistoryEvent) =>
  ofKind(events, "target-stopped").find(({ index }) => index > opened.index);

const startAfter = (events: readonly HistoryEvent[], end: HistoryEvent) =>
  ofKind(events, "target-started").find(({ index }) => index > end.index);

/** Returns the client data of the session's last identify before its end; undefined if it never identified. */
export function personOf(session: Session): string | undefined {
  const end = session.end?.index ?? Infinity;
  return session.identified.filter(({ index }) => index < end).at(-1)?.client;
}

/**
 * Returns the session's DISCONNECT and the proof that the target took it: an answer, a close of the connection, or the leave. That
 * the client sent it proves nothing: a reset discards bytes that the target has not read.
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

/** Returns true where the session had begun by the event of that index, and no side had begun its end. */
export const livesAt = ({ opened, end, closed }: Session, index: number): boolean =>
  opened.index < index && (end ?? closed ?? { index: Infinity }).index > index;
