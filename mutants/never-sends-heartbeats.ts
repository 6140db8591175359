import type { Mutant } from "./support/mutant.ts";
import { rewriteEffects } from "./support/rewrite.ts";

export const neverSendsHeartbeats: Mutant = {
  name: "never-sends-heartbeats",
  description: "Promises heartbeats, and sends none.",
  breaks: ["HEARTBEATS-AS-NEGOTIATED"],
  alsoBreaks: [],
  mutate: (sound) => rewriteEffects(sound, (effect) => (effect.kind === "heartbeat" ? [] : [effect])),
};
