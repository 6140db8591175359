import type { MutantFile } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite-core.ts";

export default {
  description: "Reads the mapping when a session ends, and does not remove it.",
  breaks: ["MAPPING-GONE-AT-NOTICE", "NO-DRIFT"],
  alsoBreaks: ["RESTART-RECONCILES", "ROSTER-WITHOUT-LEAVER"],
  mutate: (original) =>
    rewriteStore(original, (store) => ({
      async remove(sessionId) {
        const ended = await store.remove(sessionId);
        if (ended !== null) await store.put(ended);
        return ended;
      },
    })),
} satisfies MutantFile;
