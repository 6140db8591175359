import { leavesFalsely, union } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { alsoOn, leaveOf } from "./support/rewrite-shell.ts";

export const namesNewestForUnidentified: Mutant = {
  name: "names-newest-for-unidentified",
  description: "Announces whoever came last as gone, when a session ends that never identified.",
  breaks: ["UNIDENTIFIED-ENDS-UNNAMED"],
  alsoBreaks: union(
    ["NO-FALSE-LEAVE", "LEAVE-NOT-TWICE", "OTHERS-STAY-CONNECTED", "SECOND-CONNECT-NO-IDENTITY"],
    leavesFalsely,
  ),
  // A query whose condition falls away where there is nothing to ask for.
  mutate: (sound) =>
    alsoOn(sound, "session-disconnect", ({ cause }, live, hub) => {
      if (live.session.mapping !== null || live.session.pending.length > 0) return;
      const identified = [...hub.sessions.values()].map(({ session }) => session.mapping);
      const newest = identified.findLast((mapping) => mapping !== null);
      if (newest !== undefined) sound.perform(leaveOf(newest, cause), live, hub);
    }),
};
