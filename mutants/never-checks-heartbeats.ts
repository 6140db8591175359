import { union, missingLeave } from "./support/also-breaks.ts";
import type { Mutant } from "./support/mutant.ts";
import { ignoreConnectionEnds } from "./support/rewrite-transport.ts";
import { reconfigure } from "./support/rewrite-core.ts";

export const neverChecksHeartbeats: Mutant = {
  name: "never-checks-heartbeats",
  description: "Negotiates heartbeats, and never looks whether they come.",
  breaks: ["LEAVE-ON-SILENCE"],
  alsoBreaks: union(["LEAVE-IN-TIME"], missingLeave.silent),
  mutate: (original) => ({
    ...reconfigure(original, () => ({ silenceFactor: Infinity })),
    ...ignoreConnectionEnds(original, ({ detail }) => detail === "no pong"),
  }),
};
