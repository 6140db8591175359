import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";
import { runAfter } from "./support/rewrite-shell.ts";

/** Beyond the deadline, and within what the suite goes on listening for. */
const delayMs = 2500;

export default {
  description: "Tells a leave when it next looks through its sessions, two and a half seconds later.",
  breaks: ["LEAVE-IN-TIME"],
  alsoBreaks: ["IDENTIFY-LEAVES-NO-GHOST", "NO-FALSE-LEAVE"],
  mutate: (original) => ({
    perform(effect, live, context) {
      if (isLeave(effect)) runAfter(delayMs, () => original.perform(effect, live, context));
      else original.perform(effect, live, context);
    },
  }),
} satisfies MutantFile;
