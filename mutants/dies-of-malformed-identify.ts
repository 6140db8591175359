import { readIdentify } from "../reference-server/flow/core/identify-message.ts";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteFrames } from "./support/rewrite-core.ts";

export default {
  description: "Parses an identify in a callback without a catch, so that a malformed one ends the process.",
  breaks: ["SURVIVES-ITS-CLIENTS"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteFrames(original, (frame) => {
      const problem = frame.command === "SEND" ? readIdentify(frame.body) : {};
      if (typeof problem === "string")
        setImmediate(() => {
          throw new SyntaxError(problem);
        });
      return frame;
    }),
} satisfies MutantFile;
