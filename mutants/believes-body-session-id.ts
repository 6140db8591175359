import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Binds client data to the session id in the message body instead of the sending session.",
  breaks: ["IDENTIFY-BINDS-TO-OWN-SESSION"],
  alsoBreaks: [],
  mutate: (original) => ({
    perform(effect, live, context) {
      const claimed = effect.kind === "put" ? effect.claimedSessionId : null;
      const named = [...context.sessions.values()].find(
        ({ connection }) => claimed !== null && connection.sessionId === claimed,
      );
      if (effect.kind !== "put" || named === undefined) original.perform(effect, live, context);
      else
        original.perform(
          { ...effect, mapping: { ...effect.mapping, sessionId: named.session.id } },
          live,
          context,
        );
    },
  }),
} satisfies MutantFile;
