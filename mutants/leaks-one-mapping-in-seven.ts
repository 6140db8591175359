import type { MutantFile } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite-core.ts";

export default {
  description: "Fails to remove the mapping of every seventh session that ends.",
  breaks: ["NO-DRIFT"],
  alsoBreaks: ["MAPPING-GONE-AT-NOTICE", "RESTART-RECONCILES", "ROSTER-WITHOUT-LEAVER"],
  mutate: (original) =>
    rewriteStore(original, (store) => {
      let removals = 0;
      return {
        async remove(sessionId) {
          const ended = await store.remove(sessionId);
          if (ended !== null && ++removals % 7 === 0) await store.put(ended);
          return ended;
        },
      };
    }),
} satisfies MutantFile;
