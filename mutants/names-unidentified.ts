import { leavesFalsely, union } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { alsoOn, leaveOf } from "./support/rewrite-shell.ts";

export const namesUnidentified: Mutant = {
  name: "names-unidentified",
  description: "Announces the leave of a session that never identified, under its session id.",
  breaks: ["UNIDENTIFIED-ENDS-UNNAMED"],
  alsoBreaks: union(["NO-FALSE-LEAVE"], leavesFalsely),
  mutate: (sound) =>
    alsoOn(sound, "session-disconnect", ({ cause }, live, hub) => {
      const { id, ref, mapping, pending } = live.session;
      if (mapping !== null || pending.length > 0) return;
      sound.perform(leaveOf({ ref, clientData: live.link.sessionId ?? id }, cause), live, hub);
    }),
};
