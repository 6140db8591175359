import { union, missingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { ignoreConnectionEnds } from "./support/rewrite-transport.ts";
import { reconfigure } from "./support/rewrite-core.ts";

export default {
  description: "Negotiates heartbeats, and never checks that they arrive.",
  breaks: ["LEAVE-ON-SILENCE"],
  alsoBreaks: union(["LEAVE-IN-TIME"], missingLeave.silent),
  mutate: (original) => ({
    ...reconfigure(original, () => ({ silenceFactor: Infinity })),
    ...ignoreConnectionEnds(original, ({ detail }) => detail === "no pong"),
  }),
} satisfies MutantFile;
