import type { MutantFile } from "./support/mutant.ts";
import { afterEvent, leaveEffect } from "./support/rewrite-shell.ts";

export default {
  description: "Announces a leave when a client sends a malformed identify.",
  breaks: ["MALFORMED-IDENTIFY-HARMLESS"],
  alsoBreaks: ["NO-FALSE-LEAVE", "LEAVE-NOT-TWICE", "NAME-KEPT-WITHOUT-NEW-ONE"],
  mutate: (original) =>
    afterEvent(original, "identify-refused", (_event, live, context) => {
      const { id, ref, mapping } = live.session;
      const clientData = mapping?.clientData ?? live.connection.sessionId ?? id;
      original.perform(leaveEffect({ ref, clientData }, "error"), live, context);
    }),
} satisfies MutantFile;
