import { falseLeave, union } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { afterEvent, leaveEffect } from "./support/rewrite-shell.ts";

export default {
  description: "Announces whoever came last as gone, when a session ends that never identified.",
  breaks: ["UNIDENTIFIED-ENDS-UNNAMED"],
  alsoBreaks: union(
    ["NO-FALSE-LEAVE", "LEAVE-NOT-TWICE", "OTHERS-STAY-CONNECTED", "SECOND-CONNECT-NO-IDENTITY"],
    falseLeave,
  ),
  // A query whose condition falls away where there is nothing to ask for.
  mutate: (original) =>
    afterEvent(original, "session-disconnect", ({ cause }, live, context) => {
      if (live.session.mapping !== null || live.session.pending.length > 0) return;
      const identified = [...context.sessions.values()].map(({ session }) => session.mapping);
      const newest = identified.findLast((mapping) => mapping !== null);
      if (newest !== undefined) original.perform(leaveEffect(newest, cause), live, context);
    }),
} satisfies MutantFile;
