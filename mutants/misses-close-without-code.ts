import type { MutantFile } from "./support/mutant.ts";
import { ignoreConnectionEnds } from "./support/rewrite-transport.ts";

export default {
  description: "Misses a WebSocket close that gives no code, which is how browsers close.",
  breaks: ["LEAVE-ON-CLOSE"],
  alsoBreaks: ["LEAVE-IN-TIME", "LEAVE-ON-PAGE-GONE", "RELOAD-KEEPS-NEW-SESSION"],
  // RFC 6455: 1005 stands for no code at all.
  mutate: (original) => ignoreConnectionEnds(original, ({ detail }) => detail.startsWith("1005")),
} satisfies MutantFile;
