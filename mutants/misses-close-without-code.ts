import type { MutantFile } from "./support/mutant.ts";
import { ignoreConnectionEnds } from "./support/rewrite-transport.ts";

export default {
  description: "Ignores a WebSocket close without a code, as browsers send it.",
  breaks: ["LEAVE-ON-CLOSE"],
  alsoBreaks: ["LEAVE-IN-TIME", "LEAVE-ON-PAGE-GONE", "RELOAD-KEEPS-NEW-SESSION"],
  // RFC 6455, section 7.1.5: 1005 means that the close frame had no code.
  mutate: (original) => ignoreConnectionEnds(original, ({ detail }) => detail.startsWith("1005")),
} satisfies MutantFile;
