import type { MutantFile } from "./support/mutant.ts";
import { rewriteEffects } from "./support/rewrite-core.ts";

export default {
  description: "Sends no RECEIPT for DISCONNECT.",
  breaks: ["DISCONNECT-RECEIPT"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteEffects(original, (effect, { input }) => {
      const isGoodbye = input.kind === "frame" && input.frame.command === "DISCONNECT";
      return isGoodbye && effect.kind === "send" && effect.frame.command === "RECEIPT" ? [] : [effect];
    }),
} satisfies MutantFile;
