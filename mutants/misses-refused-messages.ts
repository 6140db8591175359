import type { MutantFile } from "./support/mutant.ts";
import { ignoreConnectionEnds } from "./support/rewrite-transport.ts";

export default {
  description: "Closes a WebSocket after an invalid message without ending its session.",
  breaks: ["LEAVE-ON-VIOLATION"],
  alsoBreaks: ["IDENTIFY-LEAVES-NO-GHOST"],
  mutate: (original) => ignoreConnectionEnds(original, ({ cause }) => cause === "error"),
} satisfies MutantFile;
