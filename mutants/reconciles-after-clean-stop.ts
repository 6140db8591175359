import type { MutantFile } from "./support/mutant.ts";
import { rewriteEffects } from "./support/rewrite-core.ts";

export default {
  description:
    "Keeps the mappings when it is asked to stop, and announces their leaves after its next start.",
  breaks: ["RESTART-TELLS-ONCE"],
  alsoBreaks: ["LEAVE-NOT-TWICE", "NO-FALSE-LEAVE"],
  mutate: (original) =>
    rewriteEffects(original, (effect, { after }) =>
      effect.kind === "remove" && after.cause === "server-stop" ? [] : [effect],
    ),
} satisfies MutantFile;
