import type { RosterEntry } from "../reference-server/flow/store/mapping-store.ts";
import type { Mutant } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite-core.ts";

export const rosterKeepsLeaver: Mutant = {
  name: "roster-keeps-leaver",
  description: "Answers the roster from a cache that leaves never reach.",
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
};
