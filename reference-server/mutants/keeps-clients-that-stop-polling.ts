import { union, untold } from "./consequences.ts";
import type { Mutant } from "./mutant.ts";
import { missEnds } from "./rewrite-transport.ts";

export const keepsClientsThatStopPolling: Mutant = {
  name: "keeps-clients-that-stop-polling",
  description: "Waits for ever for the next poll.",
  breaks: ["LEAVE-ON-LOST-CONNECTION"],
  alsoBreaks: union(["LEAVE-ON-VIOLATION"], untold.silent),
  mutate: (sound) => missEnds(sound, ({ detail }) => detail.includes("no further request")),
};
