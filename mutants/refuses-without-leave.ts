import { missingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave, rewriteEffects } from "./support/rewrite-core.ts";

export default {
  description: "Answers a violation with ERROR and a close, and announces no leave.",
  breaks: ["LEAVE-ON-VIOLATION"],
  alsoBreaks: missingLeave.refused,
  mutate: (original) =>
    rewriteEffects(original, (effect) =>
      isLeave(effect) && effect.notice.cause === "error" ? [] : [effect],
    ),
} satisfies MutantFile;
