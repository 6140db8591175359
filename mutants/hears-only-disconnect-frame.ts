import { union, missingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave, rewriteEffects } from "./support/rewrite-core.ts";

export default {
  description: "Announces a leave only after a DISCONNECT frame.",
  breaks: ["LEAVE-ON-CLOSE", "LEAVE-ON-LOST-CONNECTION", "LEAVE-ON-SILENCE", "LEAVE-ON-PAGE-GONE"],
  alsoBreaks: union(
    ["LEAVE-ON-VIOLATION"],
    missingLeave.closed,
    missingLeave.lost,
    missingLeave.refused,
    missingLeave.silent,
  ),
  mutate: (original) =>
    rewriteEffects(original, (effect) =>
      isLeave(effect) && effect.notice.cause !== "disconnect" ? [] : [effect],
    ),
} satisfies MutantFile;
