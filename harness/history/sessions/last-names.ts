import { ofKind, type EventOf, type HistoryEvent } from "../events/events.ts";
import type { Session } from "./sessions.ts";

/**
 * The names by which the target may know a session when it ends, the likeliest first. That is the last one that it was sent. A
 * target that ended the session by itself may not have taken that one any more, and tells the truth under the one before; so
 * may one to which the last was still on its way.
 */
export function namesAtEnd(session: Session, events: readonly HistoryEvent[]): readonly string[] {
  const end = (session.end ?? session.closed)?.index ?? Infinity;
  const sent = session.identified.filter(({ index }) => index < end);
  const names: string[] = [];
  for (const identify of sent.toReversed()) {
    names.push(identify.client);
    if (!mayBeUntaken(session, events) || wasTaken(identify, events)) break;
  }
  return [...new Set(names)];
}

/** An ERROR ends a session too, whatever the client says after it. */
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

/** Whether somebody was told of the name, or its sender got a receipt for it. */
const wasTaken = (
  { client, actor, index }: EventOf<"identify-sent">,
  events: readonly HistoryEvent[],
): boolean =>
  ofKind(events, "notice").some((n) => n.event === "join" && n.client === client && n.index > index) ||
  ofKind(events, "receipt").some((r) => r.of === "identify" && r.actor === actor && r.index > index);
