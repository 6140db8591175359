import type { MutantFile } from "./support/mutant.ts";
import { rewriteEffects } from "./support/rewrite-core.ts";

export default {
  description: "Closes with 1000 when it is stopped, as if the clients were done.",
  breaks: ["STOP-SAYS-GOING-AWAY"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteEffects(original, (effect) =>
      effect.kind === "close" && effect.code === 1001 ? [{ ...effect, code: 1000 }] : [effect],
    ),
} satisfies MutantFile;
