import type { MutantFile } from "./support/mutant.ts";
import { runAfter } from "./support/rewrite-shell.ts";

const leftOnTimerMs = 500;

export default {
  description: "Does not stop a session's timer, which then ends the person's next session.",
  breaks: ["NO-FALSE-LEAVE", "OTHERS-STAY-CONNECTED", "RELOAD-KEEPS-NEW-SESSION", "SESSIONS-OF-ONE-PERSON"],
  alsoBreaks: ["LEAVE-NOT-TWICE", "RECONNECT-IDENTIFIES-ANEW", "RESTART-RECONCILES"],
  options: { policy: "person" },
  mutate: (original) => ({
    perform(effect, live, context) {
      original.perform(effect, live, context);
      const person = live.session.mapping?.person;
      if (effect.kind !== "remove" || person === undefined) return;
      runAfter(leftOnTimerMs, () => {
        for (const other of [...context.sessions.values()]) {
          if (other.session.mapping?.person !== person) continue;
          other.ended("silence", "no heartbeat");
          other.connection.close(1002, "no heartbeat");
        }
      });
    },
  }),
} satisfies MutantFile;
