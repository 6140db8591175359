import type { Check } from "../check.ts";
import { fail, inconclusive, notApplicable, pass } from "../verdict.ts";
import { answerTo, answerInWords } from "./answer.ts";

/**
 * The actor, which offered these versions, got CONNECTED at the highest that the profile declares too. A target that speaks
 * a later one among them, which nobody declared, may choose that. Where none of them is declared, a target need not speak
 * any; but one that answers CONNECTED does so at a version that was offered.
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
        return inconclusive(`${actor} was not waited for to get an answer to CONNECT`);
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
