import type { MutantFile } from "./support/mutant.ts";
import { rewriteFrames } from "./support/rewrite-core.ts";

export default {
  description: "Stores client data in Latin-1, which lacks most of the world's characters.",
  breaks: ["IDENTIFY-ANY-TEXT"],
  alsoBreaks: ["NO-FALSE-LEAVE"],
  mutate: (original) =>
    rewriteFrames(original, (frame) => ({
      ...frame,
      body: Buffer.from(frame.body, "latin1").toString("latin1"),
    })),
} satisfies MutantFile;
