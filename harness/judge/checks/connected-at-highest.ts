import type { Check } from "../check.ts";
import { fail, inconclusive, notApplicable, pass } from "../verdict.ts";
import { answerTo, answerInWords } from "./answer.ts";

/**
 * Checks that the actor, which offered these versions, received CONNECTED at the highest one that the profile declares, or at a later
 * offered one. Where the profile declares none of them, the target may refuse; a CONNECTED must then have an offered version.
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
      const answer = answerTo(actor, events);
      if (answer === undefined)
        return inconclusive(`the case did not wait for the answer to ${actor}'s CONNECT`);
      if (highest === undefined && answer.kind !== "connected")
        return notApplicable(
          `the target speaks none of the versions ${offered.join(", ")}, and the profile declares none: ${answerInWords(answer)}`,
        );
      const isRight =
        answer.kind === "connected" && offered.includes(answer.version) && answer.version >= (highest ?? "");
      const due = highest ?? `${offered.join(" or ")}, or an ERROR`;
      return isRight
        ? pass([answer.index])
        : fail(`CONNECTED at version ${due}`, answerInWords(answer), [answer.index]);
    },
  };
}
