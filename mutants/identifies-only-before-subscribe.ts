import { everyCause, falseJoin, union, anyMissingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteFrames } from "./support/rewrite-core.ts";

export default {
  description: "Ignores an identify after SUBSCRIBE.",
  breaks: ["IDENTIFY-ANY-ORDER"],
  alsoBreaks: union(everyCause, anyMissingLeave, falseJoin),
  mutate: (original) =>
    rewriteFrames(original, (frame, { subscriptions }) =>
      frame.command === "SEND" && subscriptions.size > 0 ? undefined : frame,
    ),
} satisfies MutantFile;
