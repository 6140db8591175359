import { union, untold } from "./consequences.ts";
import type { Mutant } from "./mutant.ts";
import { isLeave, rewriteEffects } from "./rewrite.ts";

export const missesDisconnectFrame: Mutant = {
  name: "misses-disconnect-frame",
  description: "Takes care of a session when its connection closes, unless it said DISCONNECT before.",
  breaks: ["LEAVE-ON-DISCONNECT"],
  alsoBreaks: union(["LEAVE-IN-TIME"], untold.disconnected),
  mutate: (sound) =>
    rewriteEffects(sound, (effect) =>
      isLeave(effect) && effect.notice.cause === "disconnect" ? [] : [effect],
    ),
};
