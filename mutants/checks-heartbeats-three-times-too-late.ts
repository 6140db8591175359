import type { MutantFile } from "./support/mutant.ts";
import { reconfigure } from "./support/rewrite-core.ts";

export default {
  description: "Gives a silent client three times as long as it ought to.",
  breaks: ["LEAVE-IN-TIME"],
  alsoBreaks: ["IDENTIFY-LEAVES-NO-GHOST"],
  mutate: (original) => reconfigure(original, ({ silenceFactor }) => ({ silenceFactor: 3 * silenceFactor })),
} satisfies MutantFile;
