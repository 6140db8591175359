import type { MutantFile } from "./support/mutant.ts";
import { isLeave, rewriteEffects } from "./support/rewrite-core.ts";

const endedHere: readonly string[] = ["error", "slow"];

export default {
  description: "Announces a leave twice if the server itself ended the session.",
  breaks: ["LEAVE-NOT-TWICE"],
  alsoBreaks: ["SECOND-CONNECT-NO-IDENTITY"],
  // Spring does this after an exceeded send limit: once for the limit, and once for the close.
  mutate: (original) =>
    rewriteEffects(original, (effect) =>
      isLeave(effect) && endedHere.includes(effect.notice.cause) ? [effect, effect] : [effect],
    ),
} satisfies MutantFile;
