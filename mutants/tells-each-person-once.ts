import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";

export default {
  description: "Remembers the people whose leave was told, and never tells of one of those again.",
  breaks: ["RECONNECT-IDENTIFIES-ANEW"],
  alsoBreaks: [
    "LEAVE-ON-PAGE-GONE",
    "RELOAD-KEEPS-NEW-SESSION",
    "RESTART-RECONCILES",
    "SESSIONS-OF-ONE-PERSON",
  ],
  mutate(original) {
    const told = new Set<string>();
    return {
      perform(effect, live, context) {
        if (isLeave(effect)) {
          const person = JSON.stringify(effect.notice.clientData);
          if (told.has(person)) return;
          told.add(person);
        }
        original.perform(effect, live, context);
      },
    };
  },
} satisfies MutantFile;
