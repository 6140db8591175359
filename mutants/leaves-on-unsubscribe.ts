import type { MutantFile } from "./support/mutant.ts";
import { afterEvent, leaveEffect } from "./support/rewrite-shell.ts";

export default {
  description: "Announces a leave at UNSUBSCRIBE.",
  breaks: ["NO-FALSE-LEAVE"],
  alsoBreaks: ["ANY-BYTE-IS-LIFE", "LEAVE-NOT-TWICE"],
  // One listener for SessionUnsubscribeEvent and SessionDisconnectEvent.
  mutate: (original) =>
    afterEvent(original, "session-unsubscribe", (_event, live, context) => {
      const { mapping } = live.session;
      if (mapping !== null) original.perform(leaveEffect(mapping, "closed"), live, context);
    }),
} satisfies MutantFile;
