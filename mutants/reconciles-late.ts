import { setTimeout } from "node:timers/promises";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite-core.ts";

/** Later than the deadline in the reference profile, and within the time that the suite listens. */
const delayMs = 2500;

export default {
  description: "Removes the mappings of a killed run 2.5 s late.",
  breaks: ["RESTART-RECONCILES"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteStore(original, (store) => {
      let delayed: Promise<void> | undefined;
      let left: readonly string[] = [];
      return {
        earlierSessions: async () => (left = await store.earlierSessions()),
        async remove(sessionId) {
          if (left.includes(sessionId)) await (delayed ??= setTimeout(delayMs, undefined, { ref: false }));
          return store.remove(sessionId);
        },
      };
    }),
} satisfies MutantFile;
