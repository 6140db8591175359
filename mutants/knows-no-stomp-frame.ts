import type { MutantFile } from "./support/mutant.ts";
import { rewriteFrames } from "./support/rewrite-core.ts";

export default {
  description: "Knows CONNECT only, and refuses the frame STOMP that may stand in its place.",
  breaks: ["CONNECT-HIGHEST-VERSION"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteFrames(original, (frame) =>
      frame.command === "STOMP" ? { ...frame, command: "not a command" } : frame,
    ),
} satisfies MutantFile;
