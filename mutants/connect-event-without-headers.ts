import type { MutantFile } from "./support/mutant.ts";
import { rewriteEffects } from "./support/rewrite-core.ts";

export default {
  description: "Publishes the connect event without the headers of CONNECT.",
  breaks: ["CONNECT-EVENT-CARRIES-HEADERS"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteEffects(original, (effect) =>
      effect.kind === "publish" && effect.event.name === "session-connect"
        ? [{ ...effect, event: { ...effect.event, headers: {} } }]
        : [effect],
    ),
} satisfies MutantFile;
