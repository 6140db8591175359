import type { Check } from "../check.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { livedAfter, maybeGone } from "./listening.ts";
import { answerInWords, answerTo } from "./answer.ts";

/** Checks that the first frame of the actor's SockJS session is the open frame. */
export function openedFirst(actor: string): Check {
  return {
    name: `opened-first(${actor})`,
    invariant: true,
    judge: ({ events }) => {
      const own = events.filter((e) => e.actor === actor);
      const early = ofKind(own, "before-open")[0];
      if (early !== undefined) return fail('the open frame "o"', `"${early.frame}"`, [early.index]);
      const opened = ofKind(own, "opened")[0];
      if (opened !== undefined) return pass([opened.index]);
      const instead = answerTo(actor, own);
      if (instead === undefined) return inconclusive(`the case did not wait for ${actor}'s session to open`);
      return !livedAfter(events, instead.index)
        ? inconclusive(maybeGone)
        : fail('the open frame "o"', answerInWords(instead), [instead.index]);
    },
  };
}
