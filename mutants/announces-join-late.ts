import type { MutantFile } from "./support/mutant.ts";
import { runAfter } from "./support/rewrite-shell.ts";

/** Longer than the suite waits for a join before it ends the session. */
const delayMs = 1500;

export default {
  description: "Announces joins through a slow queue, so that a leave overtakes its join.",
  breaks: ["JOIN-BEFORE-LEAVE"],
  alsoBreaks: [
    "GONE-STAYS-GONE",
    "IDENTIFY-LEAVES-NO-GHOST",
    "RECONNECT-IDENTIFIES-ANEW",
    "REUSED-ID-NEW-IDENTITY",
  ],
  // An executor with several threads keeps no order without Spring's setPreservePublishOrder.
  mutate: (original) => ({
    perform(effect, live, context) {
      const isJoin = effect.kind === "announce" && effect.notice.event === "join";
      if (isJoin) runAfter(delayMs, () => original.perform(effect, live, context));
      else original.perform(effect, live, context);
    },
  }),
} satisfies MutantFile;
