import { everyCause, union, anyMissingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";

const momentMs = 100;
const roomFor = 4;

export default {
  description: "Announces at most four leaves in 100 ms, and drops the others.",
  breaks: ["ALL-AT-ONCE-ALL-TOLD"],
  alsoBreaks: union(everyCause, anyMissingLeave),
  mutate(original) {
    let announcedAtMs: readonly number[] = [];
    return {
      perform(effect, live, context) {
        if (!isLeave(effect)) {
          original.perform(effect, live, context);
          return;
        }
        announcedAtMs = announcedAtMs.filter((atMs) => atMs > context.nowMs() - momentMs);
        if (announcedAtMs.length >= roomFor) return;
        announcedAtMs = [...announcedAtMs, context.nowMs()];
        original.perform(effect, live, context);
      },
    };
  },
} satisfies MutantFile;
