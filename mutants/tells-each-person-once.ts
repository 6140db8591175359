import type { Mutant } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite.ts";

export const tellsEachPersonOnce: Mutant = {
  name: "tells-each-person-once",
  description: "Remembers the people whose leave was told, and never tells of one of those again.",
  breaks: ["RECONNECT-IDENTIFIES-ANEW"],
  alsoBreaks: [
    "LEAVE-ON-PAGE-GONE",
    "RELOAD-KEEPS-NEW-SESSION",
    "RESTART-RECONCILES",
    "SESSIONS-OF-ONE-PERSON",
  ],
  mutate(sound) {
    const told = new Set<string>();
    return {
      perform(effect, live, hub) {
        if (isLeave(effect)) {
          const person = JSON.stringify(effect.notice.clientData);
          if (told.has(person)) return;
          told.add(person);
        }
        sound.perform(effect, live, hub);
      },
    };
  },
};
