import { anyMissingLeave, everyCause, falseLeave, union } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";

export default {
  description: "Announces leaves with an empty name.",
  breaks: ["LEAVE-NAMES-THE-LEAVER"],
  alsoBreaks: union(["NO-FALSE-LEAVE"], everyCause, anyMissingLeave, falseLeave),
  // Like a look-up after the row was deleted.
  mutate: (original) => ({
    perform(effect, live, context) {
      original.perform(
        isLeave(effect) ? { ...effect, notice: { ...effect.notice, clientData: "" } } : effect,
        live,
        context,
      );
    },
  }),
} satisfies MutantFile;
