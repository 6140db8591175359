import { passedRuns } from "../../read/record-queries.ts";
import type { Rule } from "../cause.ts";
import type { Cell } from "../cells.ts";

/** A few leaves arrive twice, and not in every attempt. */
export const leaveTwiceNowAndThen: Rule = {
  class: "repeated-leave",
  advice: "LEAVE-NOT-TWICE",
  look({ cells }) {
    const asked = cells.filter(isAsked);
    const failed = asked.filter((cell) => cell.failed);
    const isFlaky = failed.some(({ failures }) => failures.some((check) => passedRuns(check) > 0));
    if (failed.length < 2 || failed.length > 0.1 * asked.length || !isFlaky) return undefined;
    return {
      sentence:
        "The server announces a leave twice now and then. It may learn of an end twice, and find the name of the client both times.",
      predict: (one) => (isAsked(one) ? "either" : "unknown"),
      isGuess: true,
      isGeneral: true,
    };
  },
};

const isAsked = ({ requirement, check }: Pick<Cell, "requirement" | "check">): boolean =>
  requirement === "LEAVE-NOT-TWICE" && check === "no-leave-twice";
