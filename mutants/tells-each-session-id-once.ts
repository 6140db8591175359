import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";

export default {
  description: "Announces at most one leave per session id.",
  breaks: ["REUSED-ID-NEW-IDENTITY"],
  alsoBreaks: [],
  // Spring advises idempotent handling of disconnect events. Here it never expires.
  mutate(original) {
    const announced = new Set<string>();
    return {
      perform(effect, live, context) {
        const { sessionId } = live.connection;
        if (isLeave(effect) && sessionId !== null) {
          if (announced.has(sessionId)) return;
          announced.add(sessionId);
        }
        original.perform(effect, live, context);
      },
    };
  },
} satisfies MutantFile;
