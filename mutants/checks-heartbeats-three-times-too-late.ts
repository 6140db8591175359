import type { Mutant } from "./support/mutant.ts";
import { reconfigure } from "./support/rewrite-core.ts";

export const checksHeartbeatsThreeTimesTooLate: Mutant = {
  name: "checks-heartbeats-three-times-too-late",
  description: "Gives a silent client three times as long as it ought to.",
  breaks: ["LEAVE-IN-TIME"],
  alsoBreaks: ["IDENTIFY-LEAVES-NO-GHOST"],
  mutate: (original) => reconfigure(original, ({ silenceFactor }) => ({ silenceFactor: 3 * silenceFactor })),
};
