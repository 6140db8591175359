import { untold } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { isLeave, rewriteEffects } from "./support/rewrite.ts";

export const refusesWithoutLeave: Mutant = {
  name: "refuses-without-leave",
  description: "Answers a violation with ERROR and closes, past the place where leaves are announced.",
  breaks: ["LEAVE-ON-VIOLATION"],
  alsoBreaks: untold.refused,
  mutate: (sound) =>
    rewriteEffects(sound, (effect) => (isLeave(effect) && effect.notice.cause === "error" ? [] : [effect])),
};
