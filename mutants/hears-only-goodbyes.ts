import { union, missingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave, rewriteEffects } from "./support/rewrite-core.ts";

/** Causes of a clean close, like a handler that returns early unless `wasClean`. */
const goodbyes: readonly string[] = ["disconnect", "closed", "server-stop"];

export default {
  description: "Announces a leave only after DISCONNECT or a WebSocket close frame.",
  breaks: ["LEAVE-ON-LOST-CONNECTION", "LEAVE-ON-SILENCE"],
  alsoBreaks: union(["LEAVE-ON-VIOLATION"], missingLeave.lost, missingLeave.refused, missingLeave.silent),
  mutate: (original) =>
    rewriteEffects(original, (effect) =>
      isLeave(effect) && !goodbyes.includes(effect.notice.cause) ? [] : [effect],
    ),
} satisfies MutantFile;
