import { everyCause, union, anyMissingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";

export default {
  description: "Announces a leave only when the next frame of some client arrives.",
  breaks: ["LEAVE-UNPROMPTED"],
  alsoBreaks: union(everyCause, anyMissingLeave, ["IDENTIFY-LEAVES-NO-GHOST", "LEAVE-IN-TIME"]),
  mutate(original) {
    const outbox: (() => void)[] = [];
    return {
      step(session, input, ...given) {
        if (input.kind === "frame") for (const send of outbox.splice(0)) queueMicrotask(send);
        return original.step(session, input, ...given);
      },
      perform(effect, live, context) {
        if (isLeave(effect)) outbox.push(() => original.perform(effect, live, context));
        else original.perform(effect, live, context);
      },
    };
  },
} satisfies MutantFile;
