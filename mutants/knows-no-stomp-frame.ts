import type { MutantFile } from "./support/mutant.ts";
import { rewriteFrames } from "./support/rewrite-core.ts";

export default {
  description: "Accepts CONNECT, and refuses its alias STOMP.",
  breaks: ["CONNECT-HIGHEST-VERSION"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteFrames(original, (frame) =>
      frame.command === "STOMP" ? { ...frame, command: "not a command" } : frame,
    ),
} satisfies MutantFile;
