import type { RemovedMapping } from "../reference-server/flow/store/mapping-store.ts";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite-core.ts";

export default {
  description: "Announces the leaves of a killed run's sessions twice.",
  breaks: ["RESTART-RECONCILES"],
  alsoBreaks: ["LEAVE-NOT-TWICE", "NO-FALSE-LEAVE"],
  mutate: (original) =>
    rewriteStore(original, (store) => {
      const copies = new Map<string, RemovedMapping | null>();
      return {
        async earlierSessions() {
          const left = await store.earlierSessions();
          for (const sessionId of left) copies.set(sessionId, null);
          return [...left, ...left];
        },
        async remove(sessionId) {
          const ended = (await store.remove(sessionId)) ?? copies.get(sessionId) ?? null;
          if (copies.has(sessionId)) copies.set(sessionId, ended);
          return ended;
        },
      };
    }),
} satisfies MutantFile;
