import type { Mutant } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite.ts";

export const reconcilesFirstOnly: Mutant = {
  name: "reconciles-first-only",
  description: "Clears one of the mappings that a killed run has left in its store, and stops there.",
  breaks: ["RESTART-RECONCILES"],
  alsoBreaks: [],
  mutate: (sound) =>
    rewriteStore(sound, (store) => ({
      leftBehind: async () => (await store.leftBehind()).slice(0, 1),
    })),
};
