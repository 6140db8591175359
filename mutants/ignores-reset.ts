import { mappingKept, union, missingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteSocketListener } from "./support/rewrite-transport.ts";

export default {
  description: "Logs a connection reset as an error, and does not end the session.",
  breaks: ["LEAVE-ON-LOST-CONNECTION"],
  alsoBreaks: union(
    ["LEAVE-IN-TIME", "LEAVE-ON-DISCONNECT", "LEAVE-ON-PAGE-GONE"],
    missingLeave.lost,
    mappingKept,
  ),
  mutate: (original) =>
    rewriteSocketListener(original, (listener, socket) => {
      let wasReset = false;
      socket.once("error", () => {
        wasReset = !socket.readableEnded;
      });
      return {
        ended(cause, detail) {
          if (!wasReset) listener.ended(cause, detail);
        },
      };
    }),
} satisfies MutantFile;
