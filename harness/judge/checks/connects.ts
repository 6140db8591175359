import type { Check } from "../check.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { answerInWords, answerTo } from "./answer.ts";

/** The actor got CONNECTED. */
export function connects(actor: string): Check {
  return {
    name: `connects(${actor})`,
    judge: ({ events }) => {
      const answer = answerTo(actor, events);
      if (answer === undefined) return inconclusive(`nobody waited for ${actor} to be connected`);
      return answer.kind === "connected"
        ? pass([answer.index])
        : fail("CONNECTED", answerInWords(answer), [answer.index]);
    },
  };
}
