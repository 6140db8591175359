import type { Check } from "../check.ts";
import { namesNobody } from "../../history/notice.ts";
import { personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import { leavesReceived } from "../../history/sessions/observers.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, notApplicable } from "../verdict.ts";
import { nothingMore } from "./listening.ts";
import { seconds } from "../../util/words.ts";

/**
 * Checks that no observer receives a notice of an actor that left, connected again and has not identified since.
 */
export function nobodyAgain(actor: string): Check {
  return {
    name: `nobody-again(${actor})`,
    judge: (evidence) => {
      const { events, profile } = evidence;
      if (namesNobody(profile.notice)) return notApplicable("the target's notices name nobody");
      const [first, again] = sessionsOf(events).filter((s) => s.actor === actor);
      const name = first === undefined ? undefined : personOf(first);
      if (name === undefined) return inconclusive(`${actor} had not identified before`);
      if (again?.connected === undefined)
        return notApplicable(`the target did not accept ${actor} again that soon`);
      const { opened } = again;
      const notice = ofKind(events, "notice").find(
        ({ client, index }) => client === name && index > opened.index,
      );
      if (notice === undefined) return nothingMore(evidence);
      const before = leavesReceived(events, notice.actor, name).some(({ index }) => index < opened.index);
      if (notice.event === "leave" && !before)
        return inconclusive(`${notice.actor} received only then the leave of ${actor}'s session before`);
      return fail(
        `no notice of ${actor}, which connected again at ${seconds(opened.atMs)} and has not identified`,
        `${notice.actor} received a ${notice.event} of "${name}" at ${seconds(notice.atMs)}`,
        [opened.index, notice.index],
      );
    },
  };
}
