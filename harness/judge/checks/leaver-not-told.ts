import type { Check } from "../check.ts";
import { leaveOf } from "../../history/leaves/matching.ts";
import { namesNobody } from "../../history/notice.ts";
import { personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import { observersOf } from "../../history/sessions/observers.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { seconds } from "../../util/words.ts";

/** The actor, which has left and may still hear, is not told of its own leave; the others are. */
export function leaverNotTold(actor: string): Check {
  return {
    name: `leaver-not-told(${actor})`,
    judge: ({ events, profile }) => {
      const session = sessionsOf(events).find((s) => s.actor === actor && s.end !== undefined);
      if (session?.end === undefined) return inconclusive(`${actor} did not leave`);
      const { end, closed } = session;
      const waited = ofKind(events, "waited-out").find(({ index }) => index > end.index);
      const notices = ofKind(events, "notice").filter((notice) => notice.actor === actor);
      // Where nobody is named, any leave that it hears before the sentinel comes is its own: nobody else has left.
      const until = namesNobody(profile.notice) ? (waited?.index ?? Infinity) : Infinity;
      const own = notices.find(
        ({ event, client, index }) =>
          event === "leave" && client === personOf(session) && index > end.index && index < until,
      );
      if (own !== undefined)
        return fail(
          `${actor}, which left at ${seconds(end.atMs)}, is not told of it`,
          `it heard of its own leave at ${seconds(own.atMs)}`,
          [end.index, own.index],
        );
      const before = notices.find(({ index }) => index < end.index);
      if (before === undefined)
        return inconclusive(`${actor} had heard nothing, so it is not certain that it would have heard this`);
      const told = observersOf(session, events).flatMap(
        (observer) => leaveOf(session, observer.actor, events, profile) ?? [],
      )[0];
      if (told === undefined) return inconclusive(`nobody was told that ${actor} has left`);
      const over = closed ?? waited;
      return over === undefined
        ? inconclusive(`${actor} could still have been told`)
        : pass([before.index, told.index, over.index]);
    },
  };
}
