import type { MutantFile } from "./support/mutant.ts";
import { rewriteEffects } from "./support/rewrite-core.ts";

export default {
  description: "Closes connections without the code 1001 (going away) when it stops.",
  breaks: ["STOP-SAYS-GOING-AWAY"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteEffects(original, (effect) =>
      effect.kind === "close" && effect.code === 1001 ? [{ ...effect, code: 1000 }] : [effect],
    ),
} satisfies MutantFile;
