import type { Mutant } from "./mutant.ts";
import { rewriteEffects } from "./rewrite.ts";

export const neverSendsHeartbeats: Mutant = {
  name: "never-sends-heartbeats",
  description: "Promises heartbeats, and sends none.",
  breaks: ["HEARTBEATS-AS-NEGOTIATED"],
  alsoBreaks: [],
  mutate: (sound) => rewriteEffects(sound, (effect) => (effect.kind === "heartbeat" ? [] : [effect])),
};
