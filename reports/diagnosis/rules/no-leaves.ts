import type { Rule } from "../cause.ts";
import { all, endingOf } from "../leaves.ts";

/** No leave arrives, whatever ends the session. */
export const noLeaves: Rule = {
  class: "lost-notice",
  refines: "tells-leaver-only",
  advice: "LEAVE-ON-CLOSE",
  look({ cells }) {
    if (!all("missing", cells, { of: ["disconnect", "close", "lost"], least: 4 })) return undefined;
    if (!all("missing", cells, { of: ["disconnect"], least: 1 })) return undefined;
    return {
      sentence: "The server sends no leave to the others, whatever ends the session.",
      predict: (asked) => {
        const ending = endingOf(asked);
        return ending === undefined || ending === "refused" ? "unknown" : "fail";
      },
    };
  },
};
