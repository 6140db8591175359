import { falseLeave, union } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { afterLeave, leaveEffect } from "./support/rewrite-shell.ts";

export default {
  description: "Looks the leaver up by the beginning of its session id, and announces all whom it finds.",
  breaks: ["NO-FALSE-LEAVE"],
  alsoBreaks: union(["LEAVE-NOT-TWICE"], falseLeave),
  // As `LIKE` does, with a wildcard.
  mutate: (original) =>
    afterLeave(original, ({ cause }, live, context) => {
      const { sessionId } = live.connection;
      for (const other of context.sessions.values()) {
        const { mapping } = other.session;
        if (other === live || sessionId === null || mapping === null) continue;
        if (other.connection.sessionId?.startsWith(sessionId))
          original.perform(leaveEffect(mapping, cause), other, context);
      }
    }),
} satisfies MutantFile;
