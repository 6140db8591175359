import { toldTwice } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { isLeave, rewriteEffects } from "./support/rewrite.ts";

export const announcesLeaveTwice: Mutant = {
  name: "announces-leave-twice",
  description: "Tells every leave two times.",
  breaks: ["LEAVE-NOT-TWICE"],
  alsoBreaks: toldTwice,
  // Spring says of its SessionDisconnectEvent that it may come more than once.
  mutate: (sound) => rewriteEffects(sound, (effect) => (isLeave(effect) ? [effect, effect] : [effect])),
};
