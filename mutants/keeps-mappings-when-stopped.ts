import type { MutantFile } from "./support/mutant.ts";
import { rewriteEffects, rewriteStore } from "./support/rewrite-core.ts";

export default {
  description: "Keeps the mappings when it is asked to stop, and ignores them after its next start.",
  breaks: ["RESTART-LEAVES-NO-GHOST"],
  alsoBreaks: ["RESTART-RECONCILES"],
  mutate: (original) => ({
    ...rewriteStore(original, () => ({ earlierSessions: () => Promise.resolve([]) })),
    ...rewriteEffects(original, (effect, { after }) =>
      effect.kind === "remove" && after.cause === "server-stop" ? [] : [effect],
    ),
  }),
} satisfies MutantFile;
