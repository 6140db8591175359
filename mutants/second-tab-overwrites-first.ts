import type { MutantFile } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite-core.ts";

export default {
  description: "Keeps one session per person, so that a second tab replaces the first.",
  breaks: ["SESSIONS-OF-ONE-PERSON"],
  alsoBreaks: ["LEAVE-ON-PAGE-GONE", "RELOAD-KEEPS-NEW-SESSION"],
  // Like a map from person to session instead of from session to person.
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
