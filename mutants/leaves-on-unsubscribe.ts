import type { Mutant } from "./support/mutant.ts";
import { alsoOn, leaveOf } from "./support/rewrite-shell.ts";

export const leavesOnUnsubscribe: Mutant = {
  name: "leaves-on-unsubscribe",
  description: "Takes UNSUBSCRIBE for a leave.",
  breaks: ["NO-FALSE-LEAVE"],
  alsoBreaks: ["ANY-BYTE-IS-LIFE", "LEAVE-NOT-TWICE"],
  // One listener for SessionUnsubscribeEvent and SessionDisconnectEvent.
  mutate: (sound) =>
    alsoOn(sound, "session-unsubscribe", (_event, live, hub) => {
      const { mapping } = live.session;
      if (mapping !== null) sound.perform(leaveOf(mapping, "closed"), live, hub);
    }),
};
