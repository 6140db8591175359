import { causes, comesFalsely, union, untoldAnyhow } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { rewriteFrames } from "./support/rewrite.ts";

export const identifiesOnlyBeforeSubscribe: Mutant = {
  name: "identifies-only-before-subscribe",
  description: "Ignores an identify that comes after SUBSCRIBE.",
  breaks: ["IDENTIFY-ANY-ORDER"],
  alsoBreaks: union(causes, untoldAnyhow, comesFalsely),
  mutate: (sound) =>
    rewriteFrames(sound, (frame, { subscriptions }) =>
      frame.command === "SEND" && subscriptions.size > 0 ? undefined : frame,
    ),
};
