import { setTimeout } from "node:timers/promises";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite-core.ts";

/** Beyond what the suite declares of the original server, and within what it goes on listening for. */
const delayMs = 2500;

export default {
  description: "Takes two and a half seconds longer over what a killed run has left in its store.",
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
