import type { Mutant } from "./mutant.ts";

export const leavesOnMalformedIdentify: Mutant = {
  name: "leaves-on-malformed-identify",
  description: "Announces that a client is gone when it can't read what that says of itself.",
  breaks: ["MALFORMED-IDENTIFY-HARMLESS"],
  alsoBreaks: ["NO-FALSE-LEAVE"],
  mutate: (sound) => ({
    perform(effect, live, hub) {
      sound.perform(effect, live, hub);
      if (effect.kind !== "tell" || effect.event.name !== "identify-refused") return;
      const { id, ref, mapping } = live.session;
      const clientData = mapping?.clientData ?? live.link.sessionId ?? id;
      const notice = { event: "leave", ref, clientData, cause: "error" } as const;
      sound.perform({ kind: "announce", notice }, live, hub);
    },
  }),
};
