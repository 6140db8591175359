import { at } from "../util/json.ts";
import { matches, nameIn } from "./matched-json.ts";
import type { Notice, NoticeKind, NoticePatterns } from "./notice-kind.ts";

type Roster = NonNullable<NoticePatterns["roster"]>;

/** Lists of those who are present. A join or a leave shows as a difference between two lists. */
export const rosterNotices = (roster: Roster): NoticeKind => ({
  namesNobody: false,
  tellsJoins: true,
  countsNotices: false,
  tellsEachLeave: false,
  namesInJson: true,
  topics: [roster.topic],
  reader: (topicOf) => {
    let listed = new Map<string, number>();
    return (content, _body, destination) => {
      const names = topicOf(roster.topic) === destination ? namesOn(content, roster) : undefined;
      if (names === undefined) return undefined;
      const now = occurrencesOf(names);
      const changes = changesBetween(listed, now);
      listed = now;
      return changes;
    };
  },
});

/** Returns the names on a list; undefined where the content is no such list. */
export function namesOn(
  content: unknown,
  { match, list, client }: Omit<Roster, "topic">,
): string[] | undefined {
  if (match !== undefined && !matches(content, match)) return undefined;
  const entries = at(content, list);
  if (!Array.isArray(entries)) return undefined;
  const names = entries.map((entry: unknown) => nameIn(at(entry, client)));
  const named = names.filter((name) => name !== null);
  // A list may hold entries without a name. A list without any name is another list.
  return named.length === 0 && names.length > 0 ? undefined : named;
}

function occurrencesOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function changesBetween(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): Notice[] {
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((client) => {
    const more = (now.get(client) ?? 0) - (before.get(client) ?? 0);
    const event = more > 0 ? "join" : "leave";
    return Array.from({ length: Math.abs(more) }, () => ({ event, client, cause: null }) as const);
  });
}
