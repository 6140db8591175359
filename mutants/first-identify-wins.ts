import type { MutantFile } from "./support/mutant.ts";
import { rewriteFrames } from "./support/rewrite-core.ts";

export default {
  description: "Ignores what a session says of itself once it has identified.",
  breaks: ["IDENTIFY-LAST-WINS"],
  alsoBreaks: ["LEAVE-NOT-TWICE", "MALFORMED-IDENTIFY-HARMLESS", "NO-FALSE-LEAVE"],
  // As with putIfAbsent.
  mutate: (original) =>
    rewriteFrames(original, (frame, { mapping, pending }) =>
      frame.command === "SEND" && (mapping !== null || pending.length > 0) ? undefined : frame,
    ),
} satisfies MutantFile;
