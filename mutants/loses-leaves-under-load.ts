import { everyCause, union, anyMissingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";

const momentMs = 100;
const roomFor = 4;

export default {
  description: "Tells four leaves in a tenth of a second at most, and forgets what else ends in it.",
  breaks: ["ALL-AT-ONCE-ALL-TOLD"],
  alsoBreaks: union(everyCause, anyMissingLeave),
  mutate(original) {
    let toldAtMs: readonly number[] = [];
    return {
      perform(effect, live, context) {
        if (!isLeave(effect)) {
          original.perform(effect, live, context);
          return;
        }
        toldAtMs = toldAtMs.filter((atMs) => atMs > context.nowMs() - momentMs);
        if (toldAtMs.length >= roomFor) return;
        toldAtMs = [...toldAtMs, context.nowMs()];
        original.perform(effect, live, context);
      },
    };
  },
} satisfies MutantFile;
