import type { MutantFile } from "./support/mutant.ts";
import { reconfigure } from "./support/rewrite-core.ts";

export default {
  description: "Waits three times too long for a silent client's heartbeat.",
  breaks: ["LEAVE-IN-TIME"],
  alsoBreaks: ["IDENTIFY-LEAVES-NO-GHOST"],
  mutate: (original) => reconfigure(original, ({ silenceFactor }) => ({ silenceFactor: 3 * silenceFactor })),
} satisfies MutantFile;
