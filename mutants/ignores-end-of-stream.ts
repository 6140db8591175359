import { mappingKept, union, missingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteSocketListener } from "./support/rewrite-transport.ts";

export default {
  description: "Treats FIN as a pause of the client.",
  breaks: ["LEAVE-IN-TIME"],
  alsoBreaks: union(["LEAVE-ON-LOST-CONNECTION", "NO-FALSE-LEAVE"], missingLeave.lost, mappingKept),
  // Like a socket with `allowHalfOpen` and no listener for "end".
  mutate: (original) =>
    rewriteSocketListener(original, (_listener, socket) => {
      socket.removeAllListeners("end");
      return {};
    }),
} satisfies MutantFile;
