import type { Mutant } from "./support/mutant.ts";
import { rewriteEffects } from "./support/rewrite-core.ts";

export const stopsWithoutGoingAway: Mutant = {
  name: "stops-without-going-away",
  description: "Closes with 1000 when it is stopped, as if the clients were done.",
  breaks: ["STOP-SAYS-GOING-AWAY"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteEffects(original, (effect) =>
      effect.kind === "close" && effect.code === 1001 ? [{ ...effect, code: 1000 }] : [effect],
    ),
};
