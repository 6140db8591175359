import { seconds } from "../../util/words.ts";
import type { EventOf, HistoryEvent } from "../events/events.ts";
import { sessionsOf, type Session } from "./sessions.ts";

/** The ordinary steps of a client, and their names in a sentence. */
const steps: Partial<Record<HistoryEvent["kind"], string>> = {
  opened: "its transport opened",
  connected: "CONNECTED",
  "subscribe-sent": "its SUBSCRIBE",
  subscribed: "its subscription was confirmed",
  "identify-sent": "its identify",
  "disconnect-sent": "its DISCONNECT",
};

/** Longest time after a step, in milliseconds, for which a sentence relates the end to the step. */
const answerMs = 1_000;

/** Returns `with code 1011`, or the words for a missing close frame. */
function codeAlone({ code }: Pick<EventOf<"closed">, "code">): string {
  if (code === 1006) return "without a close frame (1006)";
  if (code === null) return "without a code";
  return code < 1000 ? `with HTTP status ${code}` : `with code ${code}`;
}

/**
 * Returns the code with the target's own words: `with code 1011 "shutting down"`. Use it only for histories whose secrets are
 * masked.
 */
export const describeCloseCode = (closed: Pick<EventOf<"closed">, "code" | "reason">): string =>
  `${codeAlone(closed)}${closed.reason === "" ? "" : ` "${closed.reason}"`}`;

/**
 * Returns a sentence about the close of a session's connection: `the target closed alice's connection with code 1011, 6 ms after its
 * SUBSCRIBE: shutting down`. The target's own words come last, because a secret that they cut off is found only at the end of
 * a text.
 * @returns undefined while the connection is open
 */
export function describeClose(session: Session, events: readonly HistoryEvent[]): string | undefined {
  const { actor, closed, closedBy, gaveUp } = session;
  if (closed === undefined) return undefined;
  const when = momentInWords(session, closed, events);
  switch (closedBy) {
    case "client":
      return gaveUp?.reason === undefined
        ? `${actor}'s client missed the target's heartbeats and closed its connection, ${when}`
        : `${actor}'s client could not read a message of the target and closed its connection, ${when}: ${gaveUp.reason}`;
    case "harness":
      return `the harness ended ${actor}'s connection, ${when}`;
    default:
      return `the target closed ${actor}'s connection ${codeAlone(closed)}, ${when}${closed.reason === "" ? "" : `: ${closed.reason}`}`;
  }
}

/** Longest time after a client's own step, in milliseconds, in which the end of its connection counts as the answer. */
const atOnceMs = 100;

/** Steps of another client that may affect a client that only listens. */
const deeds: readonly HistoryEvent["kind"][] = [
  "subscribe-sent",
  "identify-sent",
  "disconnect-sent",
  "frame-sent",
  "fault-injected",
];

/** Returns the client's latest ordinary step in its session before that index. */
const lastStepOf = (
  { actor, opened }: Pick<Session, "actor" | "opened">,
  events: readonly HistoryEvent[],
  before: number,
): HistoryEvent | undefined =>
  events.findLast((e) => e.actor === actor && e.index >= opened.index && e.index < before && e.kind in steps);

/**
 * Returns true where the target closed the connection at once after an ordinary step of this client, and no client took a step
 * in between. Such an end breaks only the requirement that living clients stay connected.
 */
export function closedAfterOwnStep(session: Session, events: readonly HistoryEvent[]): boolean {
  const { closed } = session;
  if (closed === undefined) return false;
  const last = lastStepOf(session, events, closed.index);
  return (
    last !== undefined &&
    closed.atMs - last.atMs <= atOnceMs &&
    !events.some(({ kind, index }) => index > last.index && index < closed.index && deeds.includes(kind))
  );
}

/** Events that are no ordinary steps of a client. */
const unusual: readonly HistoryEvent["kind"][] = [
  "disconnect-sent",
  "fault-injected",
  "frame-sent",
  "identify-held",
  "passed-by",
  "target-stopped",
];

/** An ordinary name is a short word. */
const isUnusual = (event: HistoryEvent): boolean =>
  event.kind === "identify-sent" ? !/^[\w-]{1,64}$/.test(event.client) : unusual.includes(event.kind);

/**
 * Returns true where the target closed the connection at once after an ordinary step of this client, and all clients of the case
 * had taken only ordinary steps. Such an end is unrelated to the subject of the case.
 */
export function closedUnprovoked(session: Session, events: readonly HistoryEvent[]): boolean {
  const { actor, opened, closed } = session;
  if (closed === undefined) return false;
  const own = events.filter((e) => e.actor === actor && e.index >= opened.index && e.index <= closed.index);
  const end = own.find(({ kind }) => kind === "end-received") ?? closed;
  const last = lastStepOf(session, events, end.index);
  const isProvoked = events.some((event) => event.index < end.index && isUnusual(event));
  return last !== undefined && end.atMs - last.atMs <= atOnceMs && !isProvoked;
}

/** Returns true where any side closed the connection at once after the client's DISCONNECT. */
export const closedAfterDisconnect = (
  { actor, opened, closed }: Session,
  events: readonly HistoryEvent[],
): boolean =>
  closed !== undefined &&
  events.some(
    ({ kind, actor: of, index, atMs }) =>
      kind === "disconnect-sent" &&
      of === actor &&
      index > opened.index &&
      index < closed.index &&
      closed.atMs - atMs <= atOnceMs,
  );

/**
 * Returns a sentence about the end of the actor's last session. Undefined where the session is open or the harness ended it.
 * @param since the index from which sessions count
 */
export function lossOf(actor: string, events: readonly HistoryEvent[], since = 0): string | undefined {
  const session = sessionsOf(events).findLast((s) => s.actor === actor && s.opened.index >= since);
  return session === undefined || session.closedBy === "harness" ? undefined : describeClose(session, events);
}

function momentInWords(session: Session, closed: EventOf<"closed">, events: readonly HistoryEvent[]): string {
  const step = lastStepOf(session, events, closed.index);
  const words = step && steps[step.kind];
  const afterMs = closed.atMs - (step?.atMs ?? 0);
  if (words === undefined || afterMs > answerMs) return `at ${seconds(closed.atMs)}`;
  return `${Math.round(afterMs)} ms after ${words}`;
}
