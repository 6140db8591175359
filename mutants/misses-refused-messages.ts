import type { MutantFile } from "./support/mutant.ts";
import { ignoreConnectionEnds } from "./support/rewrite-transport.ts";

export default {
  description: "Closes a WebSocket for what it can't take, and tells nobody that the session is over.",
  breaks: ["LEAVE-ON-VIOLATION"],
  alsoBreaks: ["IDENTIFY-LEAVES-NO-GHOST"],
  mutate: (original) => ignoreConnectionEnds(original, ({ cause }) => cause === "error"),
} satisfies MutantFile;
