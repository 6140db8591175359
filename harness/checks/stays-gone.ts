import type { Check } from "../check.ts";
import type { EventOf, HistoryEvent } from "../history.ts";
import { leavesHeard, ofKind, sessionsOf, type Session } from "../oracle.ts";
import { tellsJoins } from "../notice.ts";
import type { Profile } from "../profile.ts";
import { fail, notApplicable } from "../verdict.ts";
import { nothingMore } from "./listening.ts";
import { seconds } from "./words.ts";

/**
 * Whoever was told to have left is not told to be there again, unless a session of that person lives: no ghost comes back
 * to a roster, and none with a late join.
 */
export function staysGone(): Check {
  return {
    name: "stays-gone",
    invariant: true,
    judge: (evidence) => {
      const { events, profile } = evidence;
      if (!tellsJoins(profile.notice))
        return notApplicable("the profile describes no way to tell who is there");
      const sessions = sessionsOf(events);
      for (const join of ofKind(events, "notice")) {
        const { actor: observer, client, index } = join;
        if (join.event !== "join" || client === null) continue;
        const left = leavesHeard(events, observer, client).findLast((leave) => leave.index < index);
        // A page's word of its new session may reach the harness after the others' of it, on a busy machine well after.
        const lives = sessions.some(
          (s) =>
            goesBy(client, s, join, profile) &&
            s.opened.atMs <= join.atMs + profile.deadlines.endedMs &&
            ((s.end?.index ?? Infinity) > index || isStillTold(s, join, events)),
        );
        if (left === undefined || lives) continue;
        return fail(
          `"${client}" stays gone for ${observer}, who was told of its leave at ${seconds(left.atMs)}`,
          `it was told to be there again at ${seconds(join.atMs)}`,
          [left.index, index],
        );
      }
      return nothingMore(evidence);
    },
  };
}

/** Whether that is the session's name, or was so shortly before that others may be told only now. */
const goesBy = (client: string, { identified }: Session, { atMs }: HistoryEvent, { deadlines }: Profile) =>
  identified.some(
    (own, place) =>
      own.client === client && atMs <= (identified[place + 1]?.atMs ?? Infinity) + deadlines.endedMs,
  );

/** Of one whose identify was on the way when its end began, each observer may be told after that, once, that it has come. */
function isStillTold(
  { held, end }: Session,
  join: EventOf<"notice">,
  events: readonly HistoryEvent[],
): boolean {
  if (held === undefined || end === undefined) return false;
  const told = ofKind(events, "notice").find(
    (n) => n.event === "join" && n.actor === join.actor && n.client === join.client && n.index > end.index,
  );
  return told === join;
}
