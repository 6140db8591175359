import type { Mutant } from "./support/mutant.ts";
import { alsoOn, leaveOf } from "./support/rewrite-shell.ts";

export const leavesOnMalformedIdentify: Mutant = {
  name: "leaves-on-malformed-identify",
  description: "Announces that a client is gone when it can't read what that says of itself.",
  breaks: ["MALFORMED-IDENTIFY-HARMLESS"],
  alsoBreaks: ["NO-FALSE-LEAVE", "LEAVE-NOT-TWICE", "NAME-KEPT-WITHOUT-NEW-ONE"],
  mutate: (sound) =>
    alsoOn(sound, "identify-refused", (_event, live, hub) => {
      const { id, ref, mapping } = live.session;
      const clientData = mapping?.clientData ?? live.link.sessionId ?? id;
      sound.perform(leaveOf({ ref, clientData }, "error"), live, hub);
    }),
};
