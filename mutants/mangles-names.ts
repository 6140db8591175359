import type { MutantFile } from "./support/mutant.ts";
import { rewriteFrames } from "./support/rewrite-core.ts";

export default {
  description:
    "Stores what a client says of itself in an encoding that has no room for most of the world's names.",
  breaks: ["IDENTIFY-ANY-TEXT"],
  alsoBreaks: ["NO-FALSE-LEAVE"],
  mutate: (original) =>
    rewriteFrames(original, (frame) => ({
      ...frame,
      body: Buffer.from(frame.body, "latin1").toString("latin1"),
    })),
} satisfies MutantFile;
