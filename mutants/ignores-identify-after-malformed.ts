import { readIdentify } from "../reference-server/flow/core/identify-message.ts";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteFrames } from "./support/rewrite-core.ts";

export default {
  description: "Ignores every identify of a session after a malformed one.",
  breaks: ["MALFORMED-IDENTIFY-HARMLESS"],
  alsoBreaks: [],
  // An exception ends the worker that reads the session's messages.
  mutate(original) {
    const dead = new Set<string>();
    return rewriteFrames(original, (frame, { id }) => {
      if (frame.command !== "SEND") return frame;
      if (dead.has(id)) return undefined;
      if (typeof readIdentify(frame.body) === "string") dead.add(id);
      return frame;
    });
  },
} satisfies MutantFile;
