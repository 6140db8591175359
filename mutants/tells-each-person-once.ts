import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";

export default {
  description: "Announces at most one leave per person.",
  breaks: ["RECONNECT-IDENTIFIES-ANEW"],
  alsoBreaks: [
    "LEAVE-ON-PAGE-GONE",
    "RELOAD-KEEPS-NEW-SESSION",
    "RESTART-RECONCILES",
    "SESSIONS-OF-ONE-PERSON",
  ],
  mutate(original) {
    const announced = new Set<string>();
    return {
      perform(effect, live, context) {
        if (isLeave(effect)) {
          const person = JSON.stringify(effect.notice.clientData);
          if (announced.has(person)) return;
          announced.add(person);
        }
        original.perform(effect, live, context);
      },
    };
  },
} satisfies MutantFile;
