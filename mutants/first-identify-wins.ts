import type { MutantFile } from "./support/mutant.ts";
import { rewriteFrames } from "./support/rewrite-core.ts";

export default {
  description: "Ignores every identify of a session after the first.",
  breaks: ["IDENTIFY-LAST-WINS"],
  alsoBreaks: ["LEAVE-NOT-TWICE", "MALFORMED-IDENTIFY-HARMLESS", "NO-FALSE-LEAVE"],
  // Like `putIfAbsent`.
  mutate: (original) =>
    rewriteFrames(original, (frame, { mapping, pending }) =>
      frame.command === "SEND" && (mapping !== null || pending.length > 0) ? undefined : frame,
    ),
} satisfies MutantFile;
