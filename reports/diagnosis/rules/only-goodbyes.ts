import type { Rule } from "../cause.ts";
import { all, endingOf, followsFromMissedEnd } from "../leaves.ts";

/** A leave is sent for a goodbye: a DISCONNECT or a close frame. A connection that breaks gives none. */
export const onlyGoodbyes: Rule = {
  class: "missed-end",
  refines: "hears-only-goodbyes",
  advice: "LEAVE-ON-LOST-CONNECTION",
  look({ cells }) {
    if (!all("arrived", cells, { of: ["disconnect", "close"], least: 2 })) return undefined;
    if (!all("missing", cells, { of: ["lost"], least: 3 })) return undefined;
    return {
      sentence:
        "The server announces a leave only after a goodbye: a DISCONNECT frame or a WebSocket close frame. A connection that breaks without one is not noticed.",
      predict(asked) {
        const ending = endingOf(asked);
        if (ending === undefined || ending === "refused")
          return followsFromMissedEnd(asked) ? "either" : "unknown";
        return ending === "lost" || ending === "silent" ? "fail" : "pass";
      },
    };
  },
};
