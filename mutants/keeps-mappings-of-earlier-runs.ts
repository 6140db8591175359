import type { MutantFile } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite-core.ts";

export default {
  description: "Ignores the mappings that a killed run left in its store.",
  breaks: ["RESTART-RECONCILES"],
  alsoBreaks: [],
  mutate: (original) => rewriteStore(original, () => ({ earlierSessions: () => Promise.resolve([]) })),
} satisfies MutantFile;
