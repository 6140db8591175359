import type { MutantFile } from "./support/mutant.ts";
import { ignoreConnectionEnds } from "./support/rewrite-transport.ts";

export default {
  description: "Ignores a WebSocket close unless its code is 1000.",
  breaks: ["LEAVE-ON-CLOSE"],
  alsoBreaks: ["LEAVE-IN-TIME", "LEAVE-ON-LOST-CONNECTION", "LEAVE-ON-PAGE-GONE", "RELOAD-KEEPS-NEW-SESSION"],
  mutate: (original) =>
    ignoreConnectionEnds(original, ({ cause, detail }) => cause === "closed" && !detail.startsWith("1000")),
} satisfies MutantFile;
