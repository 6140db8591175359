import { setTimeout } from "node:timers/promises";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteEffects, rewriteStore } from "./support/rewrite-core.ts";

/** Time that an identify spends in the queue. */
const queueMs = 50;

export default {
  description: "Stores and announces an identify that was queued when its session ended.",
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
