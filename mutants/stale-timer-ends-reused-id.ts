import { endsFalsely, union } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { afterMs } from "./support/rewrite-shell.ts";

const leftOnTimerMs = 500;

export const staleTimerEndsReusedId: Mutant = {
  name: "stale-timer-ends-reused-id",
  description: "Never stops a session's timer, which then ends whoever has the SockJS session id by then.",
  breaks: ["REUSED-ID-NEW-IDENTITY", "OTHERS-STAY-CONNECTED"],
  alsoBreaks: union(["LEAVE-IN-TIME"], endsFalsely),
  mutate: (sound) => ({
    perform(effect, live, hub) {
      sound.perform(effect, live, hub);
      const { sessionId } = live.link;
      if (effect.kind !== "remove" || sessionId === null) return;
      afterMs(leftOnTimerMs, () => {
        for (const other of [...hub.sessions.values()]) {
          if (other === live || other.link.sessionId !== sessionId) continue;
          other.gone("silence", "no heartbeat");
          other.link.close(1002, "no heartbeat");
        }
      });
    },
  }),
};
