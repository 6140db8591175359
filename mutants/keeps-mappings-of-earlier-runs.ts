import type { MutantFile } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite-core.ts";

export default {
  description: "Starts with what a killed run has left in its store, and never looks at it.",
  breaks: ["RESTART-RECONCILES"],
  alsoBreaks: [],
  mutate: (original) => rewriteStore(original, () => ({ earlierSessions: () => Promise.resolve([]) })),
} satisfies MutantFile;
