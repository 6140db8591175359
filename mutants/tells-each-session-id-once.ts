import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";

export default {
  description: "Remembers the session ids whose leave was told, and never tells one of those again.",
  breaks: ["REUSED-ID-NEW-IDENTITY"],
  alsoBreaks: [],
  // Spring's advice, that the disconnect event has to be idempotent, taken for ever.
  mutate(original) {
    const told = new Set<string>();
    return {
      perform(effect, live, context) {
        const { sessionId } = live.connection;
        if (isLeave(effect) && sessionId !== null) {
          if (told.has(sessionId)) return;
          told.add(sessionId);
        }
        original.perform(effect, live, context);
      },
    };
  },
} satisfies MutantFile;
