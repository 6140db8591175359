import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Announces at most one join per person.",
  breaks: ["RECONNECT-IDENTIFIES-ANEW"],
  alsoBreaks: ["JOIN-BEFORE-LEAVE", "SESSIONS-OF-ONE-PERSON"],
  mutate(original) {
    const known = new Set<string>();
    return {
      perform(effect, live, context) {
        if (effect.kind === "announce" && effect.notice.event === "join") {
          const person = JSON.stringify(effect.notice.clientData);
          if (known.has(person)) return;
          known.add(person);
        }
        original.perform(effect, live, context);
      },
    };
  },
} satisfies MutantFile;
