import type { Mutant } from "./support/mutant.ts";
import { rewriteFrames } from "./support/rewrite.ts";

export const firstIdentifyWins: Mutant = {
  name: "first-identify-wins",
  description: "Ignores what a session says of itself once it has identified.",
  breaks: ["IDENTIFY-LAST-WINS"],
  alsoBreaks: ["LEAVE-NOT-TWICE", "MALFORMED-IDENTIFY-HARMLESS", "NO-FALSE-LEAVE"],
  // As with putIfAbsent.
  mutate: (sound) =>
    rewriteFrames(sound, (frame, { mapping, pending }) =>
      frame.command === "SEND" && (mapping !== null || pending.length > 0) ? undefined : frame,
    ),
};
