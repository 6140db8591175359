import { seconds } from "./checks/words.ts";
import type { EventOf, HistoryEvent } from "./history.ts";
import { sessionsOf, type Session } from "./oracle.ts";

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

/**
 * Whether the connection was closed at once after an ordinary step of its own client, and nobody else did anything between: no
 * other requirement than that living clients stay connected is broken by that.
 */
export function endedAtOwnStep({ actor, opened, closed }: Session, events: readonly HistoryEvent[]): boolean {
  if (closed === undefined) return false;
  const before = events.filter(({ index }) => index >= opened.index && index < closed.index);
  const last = before.findLast((e) => e.actor === actor && e.kind in steps);
  return (
    last !== undefined &&
    closed.atMs - last.atMs <= atOnceMs &&
    !before.some(({ kind, index }) => index > last.index && deeds.includes(kind))
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
 * Whether the connection was closed at once after an ordinary step of its own client, before anything else than ordinary steps
 * was done in the whole case, be it by others: such an end has nothing to do with what the case asks by that.
 */
export function endedUnprovoked(
  { actor, opened, closed }: Session,
  events: readonly HistoryEvent[],
): boolean {
  if (closed === undefined) return false;
  const own = events.filter((e) => e.actor === actor && e.index >= opened.index && e.index <= closed.index);
  const end = own.find(({ kind }) => kind === "end-received") ?? closed;
  const before = events.filter(({ index }) => index < end.index);
  const last = own.findLast(({ index, kind }) => index < end.index && kind in steps);
  return last !== undefined && end.atMs - last.atMs <= atOnceMs && !before.some(isUnusual);
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

function momentInWords(
  { actor, opened }: Session,
  closed: EventOf<"closed">,
  events: readonly HistoryEvent[],
): string {
  const step = events.findLast(
    (e) => e.actor === actor && e.index >= opened.index && e.index < closed.index && e.kind in steps,
  );
  const words = step && steps[step.kind];
  const afterMs = closed.atMs - (step?.atMs ?? 0);
  if (words === undefined || afterMs > answerMs) return `at ${seconds(closed.atMs)}`;
  return `${Math.round(afterMs)} ms after ${words}`;
}
