import type { Rule } from "../cause.ts";
import { all, endingOf, seenEndings, strangeLeaves } from "../leaves.ts";

/** No leave arrives, whatever ends the session. */
export const noLeaves: Rule = {
  class: "lost-notice",
  refines: "tells-leaver-only",
  advice: "LEAVE-ON-CLOSE",
  look({ record, cells }) {
    if (!all("missing", cells, { of: seenEndings, least: 4 })) return undefined;
    if (!all("missing", cells, { of: ["disconnect"], least: 1 })) return undefined;
    if (strangeLeaves(record).length > 0) return undefined;
    return {
      sentence: "The server sends no leave to the others, whatever ends the session.",
      predict: (asked) => {
        const ending = endingOf(asked);
        if (ending !== undefined && ending !== "refused") return "fail";
        return questions.includes(asked.check) ? "either" : "unknown";
      },
    };
  },
};

/** Checks that fail if a leave is missing. */
const questions: readonly string[] = ["heard-by-all", "leaves-no-ghost", "sentinel-told", "told-in-time"];
