import type { MutantFile } from "./support/mutant.ts";
import { runAfter } from "./support/rewrite-shell.ts";

/** Longer than a joiner waits to be known. */
const delayMs = 1500;

export default {
  description: "Tells a join through a queue that is so slow that the leave overtakes it.",
  breaks: ["JOIN-BEFORE-LEAVE"],
  alsoBreaks: [
    "GONE-STAYS-GONE",
    "IDENTIFY-LEAVES-NO-GHOST",
    "RECONNECT-IDENTIFIES-ANEW",
    "REUSED-ID-NEW-IDENTITY",
  ],
  // An executor with several threads keeps no order, unless it is told to: Spring's setPreservePublishOrder.
  mutate: (original) => ({
    perform(effect, live, context) {
      const isJoin = effect.kind === "announce" && effect.notice.event === "join";
      if (isJoin) runAfter(delayMs, () => original.perform(effect, live, context));
      else original.perform(effect, live, context);
    },
  }),
} satisfies MutantFile;
