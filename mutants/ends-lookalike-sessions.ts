import { leavesFalsely, union } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { alsoAtLeave, leaveOf } from "./support/rewrite-shell.ts";

export const endsLookalikeSessions: Mutant = {
  name: "ends-lookalike-sessions",
  description: "Looks the leaver up by the beginning of its session id, and announces all whom it finds.",
  breaks: ["NO-FALSE-LEAVE"],
  alsoBreaks: union(["LEAVE-NOT-TWICE"], leavesFalsely),
  // As `LIKE` does, with a wildcard.
  mutate: (sound) =>
    alsoAtLeave(sound, ({ cause }, live, hub) => {
      const { sessionId } = live.link;
      for (const other of hub.sessions.values()) {
        const { mapping } = other.session;
        if (other === live || sessionId === null || mapping === null) continue;
        if (other.link.sessionId?.startsWith(sessionId)) sound.perform(leaveOf(mapping, cause), other, hub);
      }
    }),
};
