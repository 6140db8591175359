import { everyCause, union, anyMissingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";

export default {
  description: "Announces leaves only together with the next join, in the same update.",
  breaks: ["LEAVE-UNPROMPTED"],
  alsoBreaks: union(everyCause, anyMissingLeave, ["IDENTIFY-LEAVES-NO-GHOST", "LEAVE-IN-TIME"]),
  mutate(original) {
    const outbox: (() => void)[] = [];
    return {
      perform(effect, live, context) {
        if (isLeave(effect)) {
          outbox.push(() => original.perform(effect, live, context));
          return;
        }
        original.perform(effect, live, context);
        if (effect.kind === "announce") for (const send of outbox.splice(0)) send();
      },
    };
  },
} satisfies MutantFile;
