import type { HistoryEvent } from "../history/events/events.ts";
import { replacementsOf } from "../history/leaves/undue-leaves.ts";
import { lastNames } from "../history/sessions/last-names.ts";
import { isSentinel } from "../history/sessions/sentinels.ts";
import { sessionsOf, type Session } from "../history/sessions/sessions.ts";
import type { Profile } from "../profile/profile.ts";

/**
 * Returns each name in a history with the number of leaves that are right for it: one for each session that may have had
 * the name at its end. Leaves out sentinels and those that are still there at the end of the history: their sessions end in
 * the cleanup, and who hears that depends on the moment.
 */
export function sessionsByName(events: readonly HistoryEvent[], profile: Profile): Map<string, number> {
  const sessions = sessionsOf(events).filter(({ actor }) => !isSentinel(actor));
  const counts = new Map(sessions.flatMap(({ identified }) => identified.map(({ client }) => [client, 0])));
  for (const client of sessions.flatMap((session) => lastNames(session, events)))
    counts.set(client, (counts.get(client) ?? 0) + 1);
  const ended = new Set(sessions.filter(hasEnded).flatMap((session) => lastNames(session, events)));
  for (const session of sessions.filter((each) => !hasEnded(each)))
    for (const client of lastNames(session, events)) if (!ended.has(client)) counts.delete(client);
  if (profile.sessions === "each") return counts;
  return new Map([...counts].map(([client, n]) => [client, n + replacementsOf(events, client).length]));
}

const hasEnded = ({ end, closed }: Session): boolean => (end ?? closed) !== undefined;
