import { duplicateLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave, rewriteEffects } from "./support/rewrite-core.ts";

export default {
  description: "Announces every leave twice.",
  breaks: ["LEAVE-NOT-TWICE"],
  alsoBreaks: duplicateLeave,
  // Spring documents that SessionDisconnectEvent may be published more than once per session.
  mutate: (original) => rewriteEffects(original, (effect) => (isLeave(effect) ? [effect, effect] : [effect])),
} satisfies MutantFile;
