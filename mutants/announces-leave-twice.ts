import { duplicateLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave, rewriteEffects } from "./support/rewrite-core.ts";

export default {
  description: "Tells every leave two times.",
  breaks: ["LEAVE-NOT-TWICE"],
  alsoBreaks: duplicateLeave,
  // Spring says of its SessionDisconnectEvent that it may come more than once.
  mutate: (original) => rewriteEffects(original, (effect) => (isLeave(effect) ? [effect, effect] : [effect])),
} satisfies MutantFile;
