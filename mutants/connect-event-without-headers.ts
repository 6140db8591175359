import type { MutantFile } from "./support/mutant.ts";
import { rewriteEffects } from "./support/rewrite-core.ts";

export default {
  description: "Fires the connect event before the headers of CONNECT are there.",
  breaks: ["CONNECT-EVENT-CARRIES-HEADERS"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteEffects(original, (effect) =>
      effect.kind === "publish" && effect.event.name === "session-connect"
        ? [{ ...effect, event: { ...effect.event, headers: {} } }]
        : [effect],
    ),
} satisfies MutantFile;
