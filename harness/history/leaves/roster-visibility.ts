import { lateToleranceMs } from "../lateness.ts";
import type { EventOf, HistoryEvent } from "../history.ts";
import type { ExpectedLeave } from "./expected-leaves.ts";
import { ofKind, personOf, sessionsOf } from "../sessions/sessions.ts";

/**
 * Leaves out what no list can show. A list tells who is there, and changes may be gathered before it is sent. Where a session
 * ends and another of that person identifies meanwhile, the list stays the same: it shows neither the leave nor the join. So a
 * missing join excuses a missing leave of the same name that is no further from it than the leave's own deadline.
 */
export function shownOnLists(
  expected: readonly ExpectedLeave[],
  events: readonly HistoryEvent[],
): ExpectedLeave[] {
  const unseenBy = new Map<string, HistoryEvent[]>();
  return expected.filter(({ session, end, observer, window, leave }) => {
    const client = personOf(session);
    if (client === undefined || window === undefined) return true;
    // A later one is that of a session which took another name.
    if (leave !== undefined && leave.atMs <= window.latestMs + lateToleranceMs) return true;
    const key = JSON.stringify([observer, client]);
    const unseen = unseenBy.get(key) ?? unseenJoins(events, observer, client);
    unseenBy.set(key, unseen);
    // Among ends that look alike a leave may have been set against the one before.
    const allowedMs = window.latestMs + lateToleranceMs - end.atMs;
    const place = unseen.findIndex(({ atMs }) => Math.abs(atMs - end.atMs) <= allowedMs);
    if (place >= 0) unseen.splice(place, 1);
    return place < 0;
  });
}

/** When sessions took that name while the observer listened, and were not shown to it. A join shows the latest before it. */
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
