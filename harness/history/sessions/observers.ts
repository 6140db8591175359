import { ofKind, type EventOf, type HistoryEvent } from "../events/events.ts";
import { isSentinel } from "./sentinels.ts";
import { sessionsOf, type Session } from "./sessions.ts";

/**
 * Returns the sessions that must receive the notice of a session's end: other actors that had subscribed before it and stayed
 * connected until all deadlines had passed. Where the session ended with the target, they are the actors that subscribed after the
 * restart. Sentinels are no observers.
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

/** Returns true for a session that is subscribed at the end of the history, and whose end no event shows. */
export const listens = ({ subscribed, unsubscribed, end, closed }: Session): boolean =>
  subscribed !== undefined && [unsubscribed, end, closed].every((event) => event === undefined);

/** Returns the leave notices of `client` that `observer` received. */
export function leavesReceived(
  events: readonly HistoryEvent[],
  observer: string,
  client: string,
): EventOf<"notice">[] {
  return ofKind(events, "notice").filter(
    (notice) => notice.actor === observer && notice.event === "leave" && notice.client === client,
  );
}
