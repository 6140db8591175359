import { union, untold } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { missEnds } from "./support/rewrite-transport.ts";

export const keepsClientsThatStopPolling: Mutant = {
  name: "keeps-clients-that-stop-polling",
  description: "Waits for ever for the next poll.",
  breaks: ["LEAVE-ON-LOST-CONNECTION"],
  alsoBreaks: union(["LEAVE-ON-VIOLATION"], untold.silent),
  mutate: (sound) => missEnds(sound, ({ detail }) => detail.includes("no further request")),
};
