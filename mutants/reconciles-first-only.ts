import type { MutantFile } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite-core.ts";

export default {
  description: "Removes only the first of the mappings that a killed run left in its store.",
  breaks: ["RESTART-RECONCILES"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteStore(original, (store) => ({
      earlierSessions: async () => (await store.earlierSessions()).slice(0, 1),
    })),
} satisfies MutantFile;
