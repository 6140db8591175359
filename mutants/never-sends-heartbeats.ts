import type { MutantFile } from "./support/mutant.ts";
import { rewriteEffects } from "./support/rewrite-core.ts";

export default {
  description: "Promises heartbeats, and sends none.",
  breaks: ["HEARTBEATS-AS-NEGOTIATED"],
  alsoBreaks: [],
  mutate: (original) => rewriteEffects(original, (effect) => (effect.kind === "heartbeat" ? [] : [effect])),
} satisfies MutantFile;
