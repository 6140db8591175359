import type { Notice, NoticeKind, NoticePatterns } from "./notice-kind.ts";
import { namesOn } from "./roster-names.ts";

type Roster = NonNullable<NoticePatterns["roster"]>;

/** Most notices that one list gives for one name. A list may hold a name any number of times. */
const changesMax = 100;

/** Lists of those who are present. A join or a leave shows as a difference between two lists. */
export const rosterNotices = (roster: Roster): NoticeKind => ({
  namesNobody: false,
  tellsJoins: true,
  countsNotices: false,
  tellsEachLeave: false,
  namesInJson: true,
  topics: [roster.topic],
  reader: (topicOf) => {
    let listed: ReadonlyMap<string, number> = new Map<string, number>();
    return (content, _body, destination) => {
      const now = topicOf(roster.topic) === destination ? namesOn(content, roster) : undefined;
      if (now === undefined) return undefined;
      const changes = changesBetween(listed, now);
      listed = now;
      return changes;
    };
  },
});

function changesBetween(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): Notice[] {
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((client) => {
    const more = (now.get(client) ?? 0) - (before.get(client) ?? 0);
    const event = more > 0 ? "join" : "leave";
    const length = Math.min(Math.abs(more), changesMax);
    return Array.from({ length }, () => ({ event, client, cause: null }) as const);
  });
}
