import type { Rule } from "../cause.ts";
import { all, endingOf, seenEndings, strangeLeaves } from "../leaves.ts";

/** Leaves arrive, and none names the client that has left. */
export const namelessLeaves: Rule = {
  class: "identify",
  advice: "LEAVE-ON-CLOSE",
  look({ record, cells }) {
    if (!all("missing", cells, { of: seenEndings, least: 3 })) return undefined;
    const strange = strangeLeaves(record);
    if (strange.length < 3) return undefined;
    const nameless = strange.filter(({ client }) => client === null);
    if (nameless.length > 0 && nameless.length < strange.length) return undefined;
    return {
      sentence:
        nameless.length > 0
          ? "The server sends leaves, but they name nobody. It no longer knows who the session was when it sends them."
          : "The server sends leaves, but under names that no client gave.",
      predict(asked) {
        const ending = endingOf(asked);
        if (ending !== undefined && ending !== "refused") return "fail";
        return questions.includes(asked.check) ? "either" : "unknown";
      },
    };
  },
};

/** Checks that fail if leaves have another name. */
const questions: readonly string[] = ["heard-by-all", "leaves-no-ghost", "no-false-leave", "sentinel-told"];
