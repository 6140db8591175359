import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Removes all mappings of a person when one of the person's sessions times out.",
  breaks: ["SESSIONS-OF-ONE-PERSON"],
  alsoBreaks: [],
  mutate: (original) => ({
    perform(effect, live, context) {
      original.perform(effect, live, context);
      const { mapping, cause } = live.session;
      if (effect.kind !== "remove" || cause !== "silence") return;
      for (const { session } of context.sessions.values()) {
        if (session.id === live.session.id || session.mapping?.person !== mapping?.person) continue;
        context.store.remove(session.id).catch(() => undefined); // The server may have stopped.
      }
    },
  }),
} satisfies MutantFile;
