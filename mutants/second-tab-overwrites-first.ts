import type { MutantFile } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite-core.ts";

export default {
  description: "Keeps one session for each person, so that a second tab takes the place of the first.",
  breaks: ["SESSIONS-OF-ONE-PERSON"],
  alsoBreaks: ["LEAVE-ON-PAGE-GONE", "RELOAD-KEEPS-NEW-SESSION"],
  // A map from person to session, where the other way round was needed.
  mutate: (original) =>
    rewriteStore(original, (store) => {
      const sessionOf = new Map<string, string>();
      return {
        async put(mapping) {
          const { person, sessionId } = mapping;
          const earlier = sessionOf.get(person);
          sessionOf.set(person, sessionId);
          if (earlier !== undefined && earlier !== sessionId) await store.remove(earlier);
          return store.put(mapping);
        },
      };
    }),
} satisfies MutantFile;
