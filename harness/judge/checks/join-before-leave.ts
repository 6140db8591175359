import type { Check } from "../check.ts";
import { tellsJoins } from "../../history/notice.ts";
import { personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import { leavesReceived, observersOf } from "../../history/sessions/observers.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, notApplicable, pass } from "../verdict.ts";

/** Checks that every observer of the actor's leave received its join before. */
export function joinBeforeLeave(actor: string): Check {
  return {
    name: `join-before-leave(${actor})`,
    judge: ({ events, profile }) => {
      if (!tellsJoins(profile.notice))
        return notApplicable("the profile describes no join notice (`notice.join`)");
      const session = sessionsOf(events).find((s) => s.actor === actor);
      const client = session === undefined ? undefined : personOf(session);
      if (session === undefined || client === undefined) return inconclusive(`${actor} never identified`);
      const evidence: number[] = [];
      const identifiedAt = session.identified[0]?.index ?? 0;
      for (const observer of observersOf(session, events)) {
        if ((observer.subscribed?.index ?? Infinity) > identifiedAt) continue;
        const leave = leavesReceived(events, observer.actor, client)[0];
        if (leave === undefined) continue;
        const join = ofKind(events, "notice").find(
          (n) => n.event === "join" && n.actor === observer.actor && n.client === client,
        );
        if (join === undefined || join.index > leave.index) {
          return fail(
            `${observer.actor} receives the join of ${actor} before its leave`,
            join === undefined ? "it received a leave and no join" : "it received the leave first",
            [...(join === undefined ? [] : [join.index]), leave.index],
          );
        }
        evidence.push(join.index, leave.index);
      }
      return evidence.length === 0
        ? inconclusive(`no observer received a leave of ${actor} that could be compared with its join`)
        : pass(evidence);
    },
  };
}
