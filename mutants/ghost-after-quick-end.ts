import { setTimeout } from "node:timers/promises";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteEffects, rewriteStore } from "./support/rewrite-core.ts";

/** What an identify waits for its turn. */
const queueMs = 50;

export default {
  description: "Stores and announces an identify that was still in a queue when its session ended.",
  breaks: ["IDENTIFY-LEAVES-NO-GHOST"],
  alsoBreaks: [],
  mutate: (original) => ({
    ...rewriteStore(original, (store) => ({
      async put(mapping) {
        await setTimeout(queueMs);
        return store.put(mapping);
      },
    })),
    ...rewriteEffects(original, (effect, { input, before }) =>
      effect.kind === "remove" && input.kind === "stored" && before.phase === "ended" ? [] : [effect],
    ),
  }),
} satisfies MutantFile;
