import type { Check } from "../check.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, notApplicable, pass } from "../verdict.ts";
import { answerInWords, answerTo } from "./answer.ts";
import { seconds } from "../../util/words.ts";

/**
 * Checks that the actor received an ERROR and that its connection was closed after it.
 * @param error `due` where the actor's fault requires an ERROR; `permitted` where the target may send none
 */
export function errorThenClosed(actor: string, error: "due" | "permitted"): Check {
  return {
    name: `error-then-closed(${actor}, ${error})`,
    judge: ({ events }) => {
      const fault = ofKind(events, "fault-injected").find((e) => e.actor === actor);
      if (error === "due" && fault === undefined) return inconclusive(`${actor} gave no reason for an ERROR`);
      const after = events.slice(fault?.index ?? 0).filter((e) => e.actor === actor);
      const told = ofKind(after, "stomp-error")[0];
      if (told === undefined) {
        if (error === "permitted") return notApplicable("the target sent no ERROR");
        const answer = answerTo(actor, after);
        if (answer === undefined) return inconclusive(`the case did not wait for ${actor}'s ERROR`);
        return fail("ERROR", answerInWords(answer), [answer.index]);
      }
      const closed = ofKind(after, "closed").find(({ index }) => index > told.index);
      if (closed !== undefined) return pass([told.index, closed.index]);
      const inVain = ofKind(after, "waited-in-vain").find(({ index }) => index > told.index);
      if (inVain === undefined)
        return inconclusive(`the case did not wait for ${actor}'s connection to be closed`);
      return fail(
        `the connection is closed just after the ERROR "${told.message}"`,
        `it was still open ${seconds(inVain.waitedMs)} later`,
        [told.index, inVain.index],
      );
    },
  };
}
