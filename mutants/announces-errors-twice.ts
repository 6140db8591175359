import type { MutantFile } from "./support/mutant.ts";
import { isLeave, rewriteEffects } from "./support/rewrite-core.ts";

const endedHere: readonly string[] = ["error", "slow"];

export default {
  description: "Tells a leave two times where the server itself ended the session.",
  breaks: ["LEAVE-NOT-TWICE"],
  alsoBreaks: ["SECOND-CONNECT-NO-IDENTITY"],
  // Spring, when a send limit is exceeded: once for the limit, and once for the close that follows.
  mutate: (original) =>
    rewriteEffects(original, (effect) =>
      isLeave(effect) && endedHere.includes(effect.notice.cause) ? [effect, effect] : [effect],
    ),
} satisfies MutantFile;
