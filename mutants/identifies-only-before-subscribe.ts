import { everyCause, falseJoin, union, anyMissingLeave } from "./support/also-breaks.ts";
import type { Mutant } from "./support/mutant.ts";
import { rewriteFrames } from "./support/rewrite-core.ts";

export const identifiesOnlyBeforeSubscribe: Mutant = {
  name: "identifies-only-before-subscribe",
  description: "Ignores an identify that comes after SUBSCRIBE.",
  breaks: ["IDENTIFY-ANY-ORDER"],
  alsoBreaks: union(everyCause, anyMissingLeave, falseJoin),
  mutate: (original) =>
    rewriteFrames(original, (frame, { subscriptions }) =>
      frame.command === "SEND" && subscriptions.size > 0 ? undefined : frame,
    ),
};
