import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";
import { runAfter } from "./support/rewrite-shell.ts";

/** Later than the deadline, and within the time that the suite listens. */
const delayMs = 2500;

export default {
  description: "Announces a leave in a periodic scan of the sessions, 2.5 s late.",
  breaks: ["LEAVE-IN-TIME"],
  alsoBreaks: ["IDENTIFY-LEAVES-NO-GHOST", "NO-FALSE-LEAVE"],
  mutate: (original) => ({
    perform(effect, live, context) {
      if (isLeave(effect)) runAfter(delayMs, () => original.perform(effect, live, context));
      else original.perform(effect, live, context);
    },
  }),
} satisfies MutantFile;
