import type { HistoryEvent } from "../history/events/events.ts";
import { replacementsOf } from "../history/leaves/undue-leaves.ts";
import { lastNames } from "../history/sessions/last-names.ts";
import { sessionsOf } from "../history/sessions/sessions.ts";
import type { Profile } from "../profile/profile.ts";

/**
 * Returns each name in a history with the number of leaves that are right for it: one for each session that may have had
 * the name at its end.
 */
export function sessionsByName(events: readonly HistoryEvent[], profile: Profile): Map<string, number> {
  const sessions = sessionsOf(events);
  const counts = new Map(sessions.flatMap(({ identified }) => identified.map(({ client }) => [client, 0])));
  for (const client of sessions.flatMap((session) => lastNames(session, events)))
    counts.set(client, (counts.get(client) ?? 0) + 1);
  if (profile.sessions === "each") return counts;
  return new Map([...counts].map(([client, n]) => [client, n + replacementsOf(events, client).length]));
}
