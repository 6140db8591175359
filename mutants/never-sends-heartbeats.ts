import type { Mutant } from "./support/mutant.ts";
import { rewriteEffects } from "./support/rewrite-core.ts";

export const neverSendsHeartbeats: Mutant = {
  name: "never-sends-heartbeats",
  description: "Promises heartbeats, and sends none.",
  breaks: ["HEARTBEATS-AS-NEGOTIATED"],
  alsoBreaks: [],
  mutate: (original) => rewriteEffects(original, (effect) => (effect.kind === "heartbeat" ? [] : [effect])),
};
