import { leavesFalsely, union } from "./consequences.ts";
import type { Mutant } from "./mutant.ts";

export const namesUnidentified: Mutant = {
  name: "names-unidentified",
  description: "Announces the leave of a session that never identified, under its session id.",
  breaks: ["UNIDENTIFIED-ENDS-UNNAMED"],
  alsoBreaks: union(["NO-FALSE-LEAVE"], leavesFalsely),
  mutate: (sound) => ({
    perform(effect, live, hub) {
      sound.perform(effect, live, hub);
      if (effect.kind !== "tell" || effect.event.name !== "session-disconnect") return;
      const { id, ref, mapping, pending } = live.session;
      if (mapping !== null || pending.length > 0) return;
      const clientData = live.link.sessionId ?? id;
      const notice = { event: "leave", ref, clientData, cause: effect.event.cause } as const;
      sound.perform({ kind: "announce", notice }, live, hub);
    },
  }),
};
