import { union, missingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave, rewriteEffects } from "./support/rewrite-core.ts";

/** A handler that asks `wasClean` before it does anything. */
const goodbyes: readonly string[] = ["disconnect", "closed", "server-stop"];

export default {
  description: "Announces a leave only after a goodbye: DISCONNECT or a close frame.",
  breaks: ["LEAVE-ON-LOST-CONNECTION", "LEAVE-ON-SILENCE"],
  alsoBreaks: union(["LEAVE-ON-VIOLATION"], missingLeave.lost, missingLeave.refused, missingLeave.silent),
  mutate: (original) =>
    rewriteEffects(original, (effect) =>
      isLeave(effect) && !goodbyes.includes(effect.notice.cause) ? [] : [effect],
    ),
} satisfies MutantFile;
