import type { MutantFile } from "./support/mutant.ts";
import { ignoreConnectionEnds } from "./support/rewrite-transport.ts";

export default {
  description: "Waits for ever for a client that broke off its SockJS request.",
  breaks: ["LEAVE-ON-LOST-CONNECTION"],
  alsoBreaks: ["IDENTIFY-LEAVES-NO-GHOST", "LEAVE-ON-VIOLATION"],
  mutate: (original) => ignoreConnectionEnds(original, ({ detail }) => detail.includes("aborted")),
} satisfies MutantFile;
