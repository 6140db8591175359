import type { MutantFile } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite-core.ts";
import { runAfter } from "./support/rewrite-shell.ts";

/** Longer than a page needs to reload and identify again. */
const cleanUpAfterMs = 700;

export default {
  description:
    "Removes mappings by person some time after a session ends, including those of newer sessions.",
  breaks: ["RELOAD-KEEPS-NEW-SESSION", "SESSIONS-OF-ONE-PERSON"],
  alsoBreaks: ["LEAVE-ON-PAGE-GONE", "RECONNECT-IDENTIFIES-ANEW", "RESTART-RECONCILES"],
  mutate: (original) =>
    rewriteStore(original, (store) => {
      const personOf = new Map<string, string>();
      const eraseAll = (person: string) => {
        for (const [sessionId, whose] of personOf) {
          if (whose === person) store.remove(sessionId).catch(() => undefined); // The server may have stopped.
        }
      };
      return {
        put(mapping) {
          personOf.set(mapping.sessionId, mapping.person);
          return store.put(mapping);
        },
        async remove(sessionId) {
          const ended = await store.remove(sessionId);
          if (ended !== null) runAfter(cleanUpAfterMs, () => eraseAll(ended.person));
          return ended;
        },
      };
    }),
} satisfies MutantFile;
