import { readIdentify } from "../reference-server/flow/core/identify-message.ts";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteFrames } from "./support/rewrite-core.ts";

export default {
  description: "Stores the content of a malformed identify as client data.",
  breaks: ["MALFORMED-IDENTIFY-HARMLESS"],
  alsoBreaks: ["NO-FALSE-LEAVE", "NAME-KEPT-WITHOUT-NEW-ONE"],
  mutate: (original) =>
    rewriteFrames(original, (frame) => {
      const isWrong = frame.command === "SEND" && typeof readIdentify(frame.body) === "string";
      return isWrong ? { ...frame, body: JSON.stringify({ clientData: { said: frame.body } }) } : frame;
    }),
} satisfies MutantFile;
