import { ofKind, type EventOf, type HistoryEvent } from "../events/events.ts";
import { lateToleranceMs } from "../lateness.ts";
import { personOf, sessionsOf } from "../sessions/sessions.ts";
import type { ExpectedLeave } from "./matching.ts";

/**
 * Removes the leaves that no roster can show. A target may collect changes before it sends a roster. Where a session ends and another
 * of that person identifies before the next roster, the roster stays the same: it shows neither the leave nor the join. So a
 * missing join accounts for one missing leave of the same name, if their distance is not longer than the leave's own deadline.
 */
export function visibleOnRosters(
  expected: readonly ExpectedLeave[],
  events: readonly HistoryEvent[],
): ExpectedLeave[] {
  const unseenBy = new Map<string, HistoryEvent[]>();
  return expected.filter(({ session, end, observer, window, leave }) => {
    const client = personOf(session);
    if (client === undefined || window === undefined) return true;
    // A later leave belongs to a session that took another name.
    if (leave !== undefined && leave.atMs <= window.latestMs + lateToleranceMs) return true;
    const key = JSON.stringify([observer, client]);
    const unseen = unseenBy.get(key) ?? unseenJoins(events, observer, client);
    unseenBy.set(key, unseen);
    // Of ends that look alike, the leave may have been matched to the one before.
    const allowedMs = window.latestMs + lateToleranceMs - end.atMs;
    const place = unseen.findIndex(({ atMs }) => Math.abs(atMs - end.atMs) <= allowedMs);
    if (place >= 0) unseen.splice(place, 1);
    return place < 0;
  });
}

/**
 * Returns the identify messages with that name that were sent while the observer listened, and that no join showed to it. A join
 * shows the latest identify message before it.
 */
function unseenJoins(events: readonly HistoryEvent[], observer: string, client: string): HistoryEvent[] {
  const sessions = sessionsOf(events);
  const since = sessions.find(({ actor }) => actor === observer)?.subscribed?.index ?? Infinity;
  const unseen = sessions
    .flatMap(
      ({ identified }) => identified.find((sent) => sent.client === client && sent.index > since) ?? [],
    )
    .sort((a, b) => a.index - b.index);
  for (const join of ofKind(events, "notice")) {
    if (!isJoinOf(join, observer, client)) continue;
    const shown = unseen.findLastIndex(({ index }) => index < join.index);
    if (shown >= 0) unseen.splice(shown, 1);
  }
  return unseen;
}

const isJoinOf = (notice: EventOf<"notice">, observer: string, client: string): boolean =>
  notice.actor === observer && notice.event === "join" && notice.client === client;
