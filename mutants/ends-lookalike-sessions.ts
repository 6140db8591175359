import { falseLeave, union } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { afterLeave, leaveEffect } from "./support/rewrite-shell.ts";

export default {
  description: "Finds the leaver by a prefix of its session id, and announces the leave of every match.",
  breaks: ["NO-FALSE-LEAVE"],
  alsoBreaks: union(["LEAVE-NOT-TWICE"], falseLeave),
  // Like an SQL query with `LIKE` and a wildcard.
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
