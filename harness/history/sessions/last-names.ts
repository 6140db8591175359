import { ofKind, type EventOf, type HistoryEvent } from "../events/events.ts";
import type { Session } from "./sessions.ts";

/**
 * Returns the names by which the target may know a session at its end, the likeliest first. The likeliest is the last name that the
 * client sent. The name before it is possible where the target ended the session by itself, or where the last name was still on
 * its way.
 */
export function lastNames(session: Session, events: readonly HistoryEvent[]): readonly string[] {
  const end = (session.end ?? session.closed)?.index ?? Infinity;
  const sent = session.identified.filter(({ index }) => index < end);
  const names: string[] = [];
  for (const identify of sent.toReversed()) {
    names.push(identify.client);
    if (!mayBeUntaken(session, events) || wasTaken(identify, events)) break;
  }
  return [...new Set(names)];
}

/** Returns true where the target may not have read the last name. An ERROR ends a session for the target, too. */
const mayBeUntaken = (
  { held, closedBy, actor, opened, end }: Session,
  events: readonly HistoryEvent[],
): boolean =>
  held !== undefined ||
  closedBy === "target" ||
  closedBy === "client" ||
  ofKind(events, "stomp-error").some(
    (e) => e.actor === actor && e.index > opened.index && e.index < (end?.index ?? Infinity),
  );

/** Returns true where an observer received a join of that name, or the sender received a receipt. */
const wasTaken = (
  { client, actor, index }: EventOf<"identify-sent">,
  events: readonly HistoryEvent[],
): boolean =>
  ofKind(events, "notice").some((n) => n.event === "join" && n.client === client && n.index > index) ||
  ofKind(events, "receipt").some((r) => r.of === "identify" && r.actor === actor && r.index > index);
