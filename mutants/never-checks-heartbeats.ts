import { union, untold } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { missEnds } from "./support/rewrite-transport.ts";
import { reconfigure } from "./support/rewrite.ts";

export const neverChecksHeartbeats: Mutant = {
  name: "never-checks-heartbeats",
  description: "Negotiates heartbeats, and never looks whether they come.",
  breaks: ["LEAVE-ON-SILENCE"],
  alsoBreaks: union(["LEAVE-IN-TIME"], untold.silent),
  mutate: (sound) => ({
    ...reconfigure(sound, () => ({ silenceFactor: Infinity })),
    ...missEnds(sound, ({ detail }) => detail === "no pong"),
  }),
};
