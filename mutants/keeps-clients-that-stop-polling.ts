import { union, missingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { ignoreConnectionEnds } from "./support/rewrite-transport.ts";

export default {
  description: "Waits forever for the next poll.",
  breaks: ["LEAVE-ON-LOST-CONNECTION"],
  alsoBreaks: union(["LEAVE-ON-VIOLATION"], missingLeave.silent),
  mutate: (original) => ignoreConnectionEnds(original, ({ detail }) => detail.includes("no further request")),
} satisfies MutantFile;
