import type { MutantFile } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite-core.ts";

export default {
  description: "Clears one of the mappings that a killed run has left in its store, and stops there.",
  breaks: ["RESTART-RECONCILES"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteStore(original, (store) => ({
      earlierSessions: async () => (await store.earlierSessions()).slice(0, 1),
    })),
} satisfies MutantFile;
