import type { Check } from "../check.ts";
import { namesNobody } from "../../history/notice.ts";
import { personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import { leavesHeard } from "../../history/sessions/observers.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, notApplicable } from "../verdict.ts";
import { nothingMore } from "./listening.ts";
import { seconds } from "../../util/words.ts";

/**
 * The actor left, came again and said nothing of who it is: from then on nobody is told that it came, or once more that it
 * left.
 */
export function nobodyAgain(actor: string): Check {
  return {
    name: `nobody-again(${actor})`,
    judge: (evidence) => {
      const { events, profile } = evidence;
      if (namesNobody(profile.notice)) return notApplicable("the target's notices name nobody");
      const [first, again] = sessionsOf(events).filter((s) => s.actor === actor);
      const name = first === undefined ? undefined : personOf(first);
      if (name === undefined) return inconclusive(`${actor} was nobody before`);
      if (again?.connected === undefined)
        return notApplicable(`the target did not let ${actor} in again that soon`);
      const { opened } = again;
      const told = ofKind(events, "notice").find(
        ({ client, index }) => client === name && index > opened.index,
      );
      if (told === undefined) return nothingMore(evidence);
      const before = leavesHeard(events, told.actor, name).some(({ index }) => index < opened.index);
      if (told.event === "leave" && !before)
        return inconclusive(`${told.actor} heard only then that ${actor} had left before`);
      return fail(
        `${actor}, which came again at ${seconds(opened.atMs)}, is nobody until it says who it is`,
        `${told.actor} heard a ${told.event} of "${name}" at ${seconds(told.atMs)}`,
        [opened.index, told.index],
      );
    },
  };
}
