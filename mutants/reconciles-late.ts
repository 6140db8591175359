import { setTimeout } from "node:timers/promises";
import type { Mutant } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite.ts";

/** Beyond what the suite declares of the sound server, and within what it goes on listening for. */
const delayMs = 2500;

export const reconcilesLate: Mutant = {
  name: "reconciles-late",
  description: "Takes two and a half seconds longer over what a killed run has left in its store.",
  breaks: ["RESTART-RECONCILES"],
  alsoBreaks: [],
  mutate: (sound) =>
    rewriteStore(sound, (store) => {
      let delayed: Promise<void> | undefined;
      let left: readonly string[] = [];
      return {
        leftBehind: async () => (left = await store.leftBehind()),
        async remove(sessionId) {
          if (left.includes(sessionId)) await (delayed ??= setTimeout(delayMs, undefined, { ref: false }));
          return store.remove(sessionId);
        },
      };
    }),
};
