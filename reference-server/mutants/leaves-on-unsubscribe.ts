import type { Mutant } from "./mutant.ts";

export const leavesOnUnsubscribe: Mutant = {
  name: "leaves-on-unsubscribe",
  description: "Takes UNSUBSCRIBE for a leave.",
  breaks: ["NO-FALSE-LEAVE"],
  alsoBreaks: ["ANY-BYTE-IS-LIFE", "LEAVE-NOT-TWICE"],
  // One listener for SessionUnsubscribeEvent and SessionDisconnectEvent.
  mutate: (sound) => ({
    perform(effect, live, hub) {
      sound.perform(effect, live, hub);
      if (effect.kind !== "tell" || effect.event.name !== "session-unsubscribe") return;
      if (live.session.mapping === null) return;
      const { ref, clientData } = live.session.mapping;
      const notice = { event: "leave", ref, clientData, cause: "closed" } as const;
      sound.perform({ kind: "announce", notice }, live, hub);
    },
  }),
};
