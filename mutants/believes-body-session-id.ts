import type { Mutant } from "./support/mutant.ts";

export const believesBodySessionId: Mutant = {
  name: "believes-body-session-id",
  description: "Binds the client data to the session that the message names, not to the one that it came on.",
  breaks: ["IDENTIFY-BINDS-TO-OWN-SESSION"],
  alsoBreaks: [],
  mutate: (sound) => ({
    perform(effect, live, hub) {
      const claimed = effect.kind === "put" ? effect.claimedSessionId : null;
      const named = [...hub.sessions.values()].find(
        ({ link }) => claimed !== null && link.sessionId === claimed,
      );
      if (effect.kind !== "put" || named === undefined) sound.perform(effect, live, hub);
      else
        sound.perform({ ...effect, mapping: { ...effect.mapping, sessionId: named.session.id } }, live, hub);
    },
  }),
};
