import type { Rule } from "../cause.ts";
import { all, endingOf, followsFromMissedEnd } from "../leaves.ts";

/** A leave is sent by the handler of the DISCONNECT frame alone. */
export const onlyDisconnect: Rule = {
  class: "missed-end",
  refines: "hears-only-disconnect-frame",
  advice: "LEAVE-ON-CLOSE",
  look({ cells }) {
    if (!all("arrived", cells, { of: ["disconnect"], least: 1 })) return undefined;
    if (!all("missing", cells, { of: ["close", "lost"], least: 3 })) return undefined;
    return {
      sentence:
        "The server announces a leave only after a DISCONNECT frame. It does not react to the end of a connection, such as a closed tab.",
      predict(asked) {
        const ending = endingOf(asked);
        if (ending === undefined || ending === "refused")
          return followsFromMissedEnd(asked) ? "either" : "unknown";
        return ending === "disconnect" ? "pass" : "fail";
      },
    };
  },
};
