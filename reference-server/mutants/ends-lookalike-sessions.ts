import { leavesFalsely, union } from "./consequences.ts";
import type { Mutant } from "./mutant.ts";
import { isLeave } from "./rewrite.ts";

export const endsLookalikeSessions: Mutant = {
  name: "ends-lookalike-sessions",
  description: "Looks the leaver up by the beginning of its session id, and announces all whom it finds.",
  breaks: ["NO-FALSE-LEAVE"],
  alsoBreaks: union(["LEAVE-NOT-TWICE"], leavesFalsely),
  // As `LIKE` does, with a wildcard.
  mutate: (sound) => ({
    perform(effect, live, hub) {
      sound.perform(effect, live, hub);
      const { sessionId } = live.link;
      if (!isLeave(effect) || sessionId === null) return;
      for (const other of hub.sessions.values()) {
        if (other === live || other.link.sessionId?.startsWith(sessionId) !== true) continue;
        const { mapping } = other.session;
        if (mapping === null) continue;
        const { ref, clientData } = mapping;
        const notice = { event: "leave", ref, clientData, cause: effect.notice.cause } as const;
        sound.perform({ kind: "announce", notice }, other, hub);
      }
    },
  }),
};
