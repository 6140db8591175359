import type { MutantFile } from "./support/mutant.ts";
import { rewriteStore } from "./support/rewrite-core.ts";

export default {
  description: "Announces a person's leave when any of the person's tabs closes.",
  breaks: ["SESSIONS-OF-ONE-PERSON"],
  alsoBreaks: ["LEAVE-NOT-TWICE", "NO-FALSE-LEAVE", "RELOAD-KEEPS-NEW-SESSION", "RESTART-RECONCILES"],
  options: { policy: "person" },
  mutate: (original) =>
    rewriteStore(original, (store) => ({
      async remove(sessionId) {
        const ended = await store.remove(sessionId);
        return ended === null ? null : { ...ended, sessionsLeft: 0 };
      },
    })),
} satisfies MutantFile;
