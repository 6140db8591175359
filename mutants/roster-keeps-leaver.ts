import type { RosterEntry } from "../reference-server/flow/store/mapping-store.ts";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite-core.ts";

export default {
  description: "Answers the roster from a cache that leaves do not update.",
  breaks: ["ROSTER-WITHOUT-LEAVER"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteStore(original, (store) => {
      const cache = new Map<string, RosterEntry>();
      return {
        put(mapping) {
          const { ref, clientData } = mapping;
          cache.set(ref, { ref, clientData });
          return store.put(mapping);
        },
        roster: () => Promise.resolve([...cache.values()]),
      };
    }),
} satisfies MutantFile;
