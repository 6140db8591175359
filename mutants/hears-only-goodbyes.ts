import { union, untold } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { isLeave, rewriteEffects } from "./support/rewrite.ts";

/** A handler that asks `wasClean` before it does anything. */
const goodbyes: readonly string[] = ["disconnect", "closed", "server-stop"];

export const hearsOnlyGoodbyes: Mutant = {
  name: "hears-only-goodbyes",
  description: "Announces a leave only after a goodbye: DISCONNECT or a close frame.",
  breaks: ["LEAVE-ON-LOST-CONNECTION", "LEAVE-ON-SILENCE"],
  alsoBreaks: union(["LEAVE-ON-VIOLATION"], untold.lost, untold.refused, untold.silent),
  mutate: (sound) =>
    rewriteEffects(sound, (effect) =>
      isLeave(effect) && !goodbyes.includes(effect.notice.cause) ? [] : [effect],
    ),
};
