import { falseLeave, union } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { afterEvent, leaveEffect } from "./support/rewrite-shell.ts";

export default {
  description: "Announces the leave of an unidentified session under its session id.",
  breaks: ["UNIDENTIFIED-ENDS-UNNAMED"],
  alsoBreaks: union(["NO-FALSE-LEAVE"], falseLeave),
  mutate: (original) =>
    afterEvent(original, "session-disconnect", ({ cause }, live, context) => {
      const { id, ref, mapping, pending } = live.session;
      if (mapping !== null || pending.length > 0) return;
      original.perform(
        leaveEffect({ ref, clientData: live.connection.sessionId ?? id }, cause),
        live,
        context,
      );
    }),
} satisfies MutantFile;
