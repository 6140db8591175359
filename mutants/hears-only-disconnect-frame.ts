import { union, untold } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { isLeave, rewriteEffects } from "./support/rewrite.ts";

export const hearsOnlyDisconnectFrame: Mutant = {
  name: "hears-only-disconnect-frame",
  description: "Announces a leave only when the client says DISCONNECT.",
  breaks: ["LEAVE-ON-CLOSE", "LEAVE-ON-LOST-CONNECTION", "LEAVE-ON-SILENCE", "LEAVE-ON-PAGE-GONE"],
  alsoBreaks: union(["LEAVE-ON-VIOLATION"], untold.closed, untold.lost, untold.refused, untold.silent),
  mutate: (sound) =>
    rewriteEffects(sound, (effect) =>
      isLeave(effect) && effect.notice.cause !== "disconnect" ? [] : [effect],
    ),
};
