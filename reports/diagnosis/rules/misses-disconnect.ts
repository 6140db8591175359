import type { Rule } from "../cause.ts";
import { all, endingOf } from "../leaves.ts";

/** Each end is noticed but that by DISCONNECT. */
export const missesDisconnect: Rule = {
  class: "missed-end",
  refines: "misses-disconnect-frame",
  advice: "LEAVE-ON-DISCONNECT",
  look({ cells }) {
    if (!all("arrived", cells, { of: ["close", "lost"], least: 3 })) return undefined;
    if (!all("missing", cells, { of: ["disconnect"], least: 2 })) return undefined;
    return {
      sentence:
        "The server announces no leave after a DISCONNECT frame. It does when a connection ends without one.",
      predict(asked) {
        const ending = endingOf(asked);
        if (ending === undefined || ending === "refused")
          return questions.includes(asked.check) ? "either" : "unknown";
        return ending === "disconnect" ? "fail" : "pass";
      },
    };
  },
};

/** Checks of sessions that end by DISCONNECT in most scenarios. */
const questions: readonly string[] = ["heard-by-all", "leaves-no-ghost", "sentinel-told"];
