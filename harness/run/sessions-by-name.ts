import type { HistoryEvent } from "../history/events/events.ts";
import { replacementsOf } from "../history/leaves/undue-leaves.ts";
import { lastNames } from "../history/sessions/last-names.ts";
import { isSentinel } from "../history/sessions/sentinels.ts";
import { sessionsOf, type Session } from "../history/sessions/sessions.ts";
import type { Profile } from "../profile/profile.ts";
import type { SessionsOfName } from "../stage/notice-owners.ts";

/** Returns the sessions of each name in a history. Leaves out sentinels: who hears their leaves depends on the moment. */
export function sessionsByName(
  events: readonly HistoryEvent[],
  profile: Profile,
): Map<string, SessionsOfName> {
  const sessions = sessionsOf(events).filter(({ actor }) => !isSentinel(actor));
  const counts = new Map(sessions.flatMap(({ identified }) => identified.map(({ client }) => [client, 0])));
  for (const client of sessions.flatMap((session) => lastNames(session, events)))
    counts.set(client, (counts.get(client) ?? 0) + 1);
  const ended = new Set(sessions.filter(hasEnded).flatMap((session) => lastNames(session, events)));
  const open = new Set(
    sessions.filter((each) => !hasEnded(each)).flatMap((session) => lastNames(session, events)),
  );
  const replaced = (client: string) =>
    profile.sessions === "each" ? 0 : replacementsOf(events, client).length;
  return new Map(
    [...counts].map(([client, count]) => [
      client,
      { count: count + replaced(client), endsInCleanup: open.has(client) && !ended.has(client) },
    ]),
  );
}

const hasEnded = ({ end, closed }: Session): boolean => (end ?? closed) !== undefined;
