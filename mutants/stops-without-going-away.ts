import type { MutantFile } from "./support/mutant.ts";
import { rewriteEffects } from "./support/rewrite-core.ts";

export default {
  description: "Closes connections with 1000 instead of 1001 when it stops.",
  breaks: ["STOP-SAYS-GOING-AWAY"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteEffects(original, (effect) =>
      effect.kind === "close" && effect.code === 1001 ? [{ ...effect, code: 1000 }] : [effect],
    ),
} satisfies MutantFile;
