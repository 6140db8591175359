import reconcilesTwice from "./reconciles-twice.ts";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteEffects } from "./support/rewrite-core.ts";

export default {
  description:
    "Keeps the mappings when it is asked to stop, and announces each of their leaves twice after its next start.",
  breaks: ["RESTART-TELLS-ONCE"],
  alsoBreaks: ["RESTART-RECONCILES", "LEAVE-NOT-TWICE", "NO-FALSE-LEAVE"],
  mutate(original) {
    const twice = { ...original, ...reconcilesTwice.mutate(original) };
    return {
      ...twice,
      ...rewriteEffects(twice, (effect, { after }) =>
        effect.kind === "remove" && after.cause === "server-stop" ? [] : [effect],
      ),
    };
  },
} satisfies MutantFile;
