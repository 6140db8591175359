import type { Check } from "../check.ts";
import { fail, inconclusive, notApplicable, pass } from "../verdict.ts";
import { answerTo, answerInWords } from "./answer.ts";

/**
 * The actor, which offered these versions, got CONNECTED at the highest that the profile declares too. A target that speaks
 * a later one among them, which nobody declared, may choose that.
 */
export function connectedAtHighest(actor: string, offered: readonly string[]): Check {
  return {
    name: `connected-at-highest(${actor}, ${offered.join(" ")})`,
    judge: ({ events, profile }) => {
      const declared: readonly string[] = profile.stomp.versions;
      const highest = offered
        .filter((version) => declared.includes(version))
        .sort()
        .at(-1);
      if (highest === undefined)
        return notApplicable(`the profile declares none of the versions ${offered.join(", ")}`);
      const answer = answerTo(actor, events);
      if (answer === undefined)
        return inconclusive(`${actor} was not waited for to get an answer to CONNECT`);
      const isRight =
        answer.kind === "connected" && offered.includes(answer.version) && answer.version >= highest;
      return isRight
        ? pass([answer.index])
        : fail(`CONNECTED at version ${highest}`, answerInWords(answer), [answer.index]);
    },
  };
}
