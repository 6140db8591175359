import type { Mutant } from "./support/mutant.ts";
import { afterMs } from "./support/rewrite-shell.ts";

const leftOnTimerMs = 500;

export const staleTimerEndsNewSession: Mutant = {
  name: "stale-timer-ends-new-session",
  description: "Never stops a session's timer, which then ends the next session of the same person.",
  breaks: ["NO-FALSE-LEAVE", "OTHERS-STAY-CONNECTED", "RELOAD-KEEPS-NEW-SESSION", "SESSIONS-OF-ONE-PERSON"],
  alsoBreaks: ["LEAVE-NOT-TWICE", "RECONNECT-IDENTIFIES-ANEW", "RESTART-RECONCILES"],
  options: { policy: "person" },
  mutate: (sound) => ({
    perform(effect, live, hub) {
      sound.perform(effect, live, hub);
      const person = live.session.mapping?.person;
      if (effect.kind !== "remove" || person === undefined) return;
      afterMs(leftOnTimerMs, () => {
        for (const other of [...hub.sessions.values()]) {
          if (other.session.mapping?.person !== person) continue;
          other.gone("silence", "no heartbeat");
          other.link.close(1002, "no heartbeat");
        }
      });
    },
  }),
};
