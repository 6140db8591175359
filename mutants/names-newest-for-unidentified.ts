import { falseLeave, union } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { afterEvent, leaveEffect } from "./support/rewrite-shell.ts";

export default {
  description: "Announces the leave of the newest identified session when an unidentified session ends.",
  breaks: ["UNIDENTIFIED-ENDS-UNNAMED"],
  alsoBreaks: union(
    ["NO-FALSE-LEAVE", "LEAVE-NOT-TWICE", "OTHERS-STAY-CONNECTED", "SECOND-CONNECT-NO-IDENTITY"],
    falseLeave,
  ),
  // Like a query whose condition is dropped when the session has no client data.
  mutate: (original) =>
    afterEvent(original, "session-disconnect", ({ cause }, live, context) => {
      if (live.session.mapping !== null || live.session.pending.length > 0) return;
      const identified = [...context.sessions.values()].map(({ session }) => session.mapping);
      const newest = identified.findLast((mapping) => mapping !== null);
      if (newest !== undefined) original.perform(leaveEffect(newest, cause), live, context);
    }),
} satisfies MutantFile;
