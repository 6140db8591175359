import { mappingKept, union, missingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteSocketListener } from "./support/rewrite-transport.ts";

export default {
  description: "Reads FIN as a client that has nothing to say for now.",
  breaks: ["LEAVE-IN-TIME"],
  alsoBreaks: union(["LEAVE-ON-LOST-CONNECTION", "NO-FALSE-LEAVE"], missingLeave.lost, mappingKept),
  // As with allowHalfOpen, and nobody who listens to "end".
  mutate: (original) =>
    rewriteSocketListener(original, (_listener, socket) => {
      socket.removeAllListeners("end");
      return {};
    }),
} satisfies MutantFile;
