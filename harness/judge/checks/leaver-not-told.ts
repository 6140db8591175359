import type { Check } from "../check.ts";
import { leaveOf } from "../../history/leaves/matching.ts";
import { namesNobody } from "../../history/notice.ts";
import { personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import { observersOf } from "../../history/sessions/observers.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { seconds } from "../../util/words.ts";

/** Checks that the actor, which has left and can still receive messages, does not receive its own leave, and that the others do. */
export function leaverNotTold(actor: string): Check {
  return {
    name: `leaver-not-told(${actor})`,
    judge: ({ events, profile }) => {
      const session = sessionsOf(events).find((s) => s.actor === actor && s.end !== undefined);
      if (session?.end === undefined) return inconclusive(`${actor} did not leave`);
      const { end, closed } = session;
      const waited = ofKind(events, "waited-out").find(({ index }) => index > end.index);
      const notices = ofKind(events, "notice").filter((notice) => notice.actor === actor);
      // Without names in notices, a leave before the sentinel is the actor's own, because no other client has left.
      const until = namesNobody(profile.notice) ? (waited?.index ?? Infinity) : Infinity;
      const own = notices.find(
        ({ event, client, index }) =>
          event === "leave" && client === personOf(session) && index > end.index && index < until,
      );
      if (own !== undefined)
        return fail(
          `${actor}, which left at ${seconds(end.atMs)}, does not receive its own leave`,
          `it received its own leave at ${seconds(own.atMs)}`,
          [end.index, own.index],
        );
      const before = notices.find(({ index }) => index < end.index);
      if (before === undefined)
        return inconclusive(`${actor} had received no notice, so it might not have received this one either`);
      const told = observersOf(session, events).flatMap(
        (observer) => leaveOf(session, observer.actor, events, profile) ?? [],
      )[0];
      if (told === undefined) return inconclusive(`no observer received the leave of ${actor}`);
      const over = closed ?? waited;
      return over === undefined
        ? inconclusive(`the case ended before ${actor} could have received its leave`)
        : pass([before.index, told.index, over.index]);
    },
  };
}
