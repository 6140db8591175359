import { personOf } from "../core/identify-message.ts";
import type { Mutant } from "./mutant.ts";
import { afterMs, isLeave } from "./rewrite.ts";

const leftOnTimerMs = 500;

export const staleTimerEndsNewSession: Mutant = {
  name: "stale-timer-ends-new-session",
  description: "Never stops a session's timer, which then ends the next session of the same person.",
  breaks: ["NO-FALSE-LEAVE", "OTHERS-STAY-CONNECTED"],
  alsoBreaks: ["RELOAD-KEEPS-NEW-SESSION", "SESSIONS-OF-ONE-PERSON"],
  mutate: (sound) => ({
    perform(effect, live, hub) {
      sound.perform(effect, live, hub);
      if (!isLeave(effect)) return;
      afterMs(leftOnTimerMs, () => {
        for (const other of [...hub.sessions.values()]) {
          if (other.session.mapping?.person !== personOf(effect.notice.clientData)) continue;
          other.gone("silence", "no heartbeat");
          other.link.close(1002, "no heartbeat");
        }
      });
    },
  }),
};
