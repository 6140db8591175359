import { falseEnd, union } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { runAfter } from "./support/rewrite-shell.ts";

const leftOnTimerMs = 1_000;

export default {
  description:
    "Does not stop a session's timer, which then ends a new session with the same SockJS session id.",
  breaks: ["REUSED-ID-NEW-IDENTITY", "OTHERS-STAY-CONNECTED"],
  alsoBreaks: union(["LEAVE-IN-TIME"], falseEnd),
  mutate: (original) => ({
    perform(effect, live, context) {
      original.perform(effect, live, context);
      const { sessionId } = live.connection;
      if (effect.kind !== "remove" || sessionId === null) return;
      runAfter(leftOnTimerMs, () => {
        for (const other of [...context.sessions.values()]) {
          if (other === live || other.connection.sessionId !== sessionId) continue;
          other.ended("silence", "no heartbeat");
          other.connection.close(1002, "no heartbeat");
        }
      });
    },
  }),
} satisfies MutantFile;
