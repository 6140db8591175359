import { union, untold } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { isLeave, rewriteEffects } from "./support/rewrite.ts";

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
