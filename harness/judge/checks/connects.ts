import type { Check } from "../check.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { answerInWords, answerTo } from "./answer.ts";

/** Checks that the actor received CONNECTED. */
export function connects(actor: string): Check {
  return {
    name: `connects(${actor})`,
    judge: ({ events }) => {
      const answer = answerTo(actor, events);
      if (answer === undefined) return inconclusive(`the case did not wait for ${actor}'s CONNECTED`);
      return answer.kind === "connected"
        ? pass([answer.index])
        : fail("CONNECTED", answerInWords(answer), [answer.index]);
    },
  };
}
