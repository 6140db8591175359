import type { MutantFile } from "./support/mutant.ts";
import { ignoreConnectionEnds } from "./support/rewrite-transport.ts";

export default {
  description: "Keeps the session of a client that aborted its SockJS request.",
  breaks: ["LEAVE-ON-LOST-CONNECTION"],
  alsoBreaks: ["IDENTIFY-LEAVES-NO-GHOST", "LEAVE-ON-VIOLATION"],
  mutate: (original) => ignoreConnectionEnds(original, ({ detail }) => detail.includes("aborted")),
} satisfies MutantFile;
