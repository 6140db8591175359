import { seconds } from "../../util/words.ts";
import type { EventOf, HistoryEvent } from "../events/events.ts";
import { sessionsOf, type Session } from "./sessions.ts";

/** What an ordinary client says, and how a sentence names it. */
const steps: Partial<Record<HistoryEvent["kind"], string>> = {
  opened: "its transport opened",
  connected: "CONNECTED",
  "subscribe-sent": "its SUBSCRIBE",
  subscribed: "its subscription was confirmed",
  "identify-sent": "its identify",
  "disconnect-sent": "its DISCONNECT",
};

/** More than that after a step, in milliseconds, the end is no answer to it: the moment says more. */
const answerMs = 1_000;

/** `with code 1011`, or that no close frame came. */
function codeAlone({ code }: Pick<EventOf<"closed">, "code">): string {
  if (code === 1006) return "without a close frame (1006)";
  if (code === null) return "without a code";
  return code < 1000 ? `with HTTP status ${code}` : `with code ${code}`;
}

/** The same, with the target's own words: `with code 1011 "shutting down"`. Of what may hold secrets no more only. */
export const codeInWords = (closed: Pick<EventOf<"closed">, "code" | "reason">): string =>
  `${codeAlone(closed)}${closed.reason === "" ? "" : ` "${closed.reason}"`}`;

/**
 * Who closed the session's connection, with which code, and after what: `the target closed alice's connection with code 1011,
 * 6 ms after its SUBSCRIBE: shutting down`. The target's own words come last: a secret in them that they cut off is found only
 * at the end of a text.
 * @returns undefined while it is open
 */
export function closingInWords(session: Session, events: readonly HistoryEvent[]): string | undefined {
  const { actor, closed, closedBy, gaveUp } = session;
  if (closed === undefined) return undefined;
  const when = momentInWords(session, closed, events);
  switch (closedBy) {
    case "client":
      return gaveUp?.reason === undefined
        ? `${actor}'s client missed the target's heartbeats and closed its connection by itself, ${when}`
        : `${actor}'s client could not read what came and closed its connection by itself, ${when}: ${gaveUp.reason}`;
    case "harness":
      return `the harness ended ${actor}'s connection, ${when}`;
    default:
      return `the target closed ${actor}'s connection ${codeAlone(closed)}, ${when}${closed.reason === "" ? "" : `: ${closed.reason}`}`;
  }
}

/** Within that after a client's own step, in milliseconds, the end of its connection is the answer to it. */
const atOnceMs = 100;

/** What another client does that may have consequences for one that only listens. */
const deeds: readonly HistoryEvent["kind"][] = [
  "subscribe-sent",
  "identify-sent",
  "disconnect-sent",
  "frame-sent",
  "fault-injected",
];

/** The client's latest ordinary step in its session before that index. */
const lastStepOf = (
  { actor, opened }: Pick<Session, "actor" | "opened">,
  events: readonly HistoryEvent[],
  before: number,
): HistoryEvent | undefined =>
  events.findLast((e) => e.actor === actor && e.index >= opened.index && e.index < before && e.kind in steps);

/**
 * Whether the target closed the connection at once after an ordinary step of this client, and no client did anything in
 * between. Such an end breaks only the requirement that living clients stay connected.
 */
export function endedAtOwnStep(session: Session, events: readonly HistoryEvent[]): boolean {
  const { closed } = session;
  if (closed === undefined) return false;
  const last = lastStepOf(session, events, closed.index);
  return (
    last !== undefined &&
    closed.atMs - last.atMs <= atOnceMs &&
    !events.some(({ kind, index }) => index > last.index && index < closed.index && deeds.includes(kind))
  );
}

/** Beside those, what is no ordinary step of any client. */
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
 * Whether the target closed the connection at once after an ordinary step of this client, while all clients of the case had
 * done nothing but ordinary steps. Such an end is no answer to what the case is about.
 */
export function endedUnprovoked(session: Session, events: readonly HistoryEvent[]): boolean {
  const { actor, opened, closed } = session;
  if (closed === undefined) return false;
  const own = events.filter((e) => e.actor === actor && e.index >= opened.index && e.index <= closed.index);
  const end = own.find(({ kind }) => kind === "end-received") ?? closed;
  const last = lastStepOf(session, events, end.index);
  const isProvoked = events.some((event) => event.index < end.index && isUnusual(event));
  return last !== undefined && end.atMs - last.atMs <= atOnceMs && !isProvoked;
}

/** Whether the connection was closed at once after the client's DISCONNECT, whoever did that. */
export const endedAtDisconnect = (
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
 * Why the actor's last session is over, where the harness did not end it; undefined otherwise.
 * @param since the index from which on sessions count
 */
export function lossOf(actor: string, events: readonly HistoryEvent[], since = 0): string | undefined {
  const session = sessionsOf(events).findLast((s) => s.actor === actor && s.opened.index >= since);
  return session === undefined || session.closedBy === "harness"
    ? undefined
    : closingInWords(session, events);
}

function momentInWords(session: Session, closed: EventOf<"closed">, events: readonly HistoryEvent[]): string {
  const step = lastStepOf(session, events, closed.index);
  const words = step && steps[step.kind];
  const afterMs = closed.atMs - (step?.atMs ?? 0);
  if (words === undefined || afterMs > answerMs) return `at ${seconds(closed.atMs)}`;
  return `${Math.round(afterMs)} ms after ${words}`;
}
