import type { MutantFile } from "./support/mutant.ts";
import { never } from "./support/rewrite-transport.ts";

export default {
  description: "Never makes a streaming client ask again, so that one which no longer reads stays for ever.",
  breaks: ["LEAVE-OF-STALLED-READER"],
  alsoBreaks: ["LIVENESS-WITHOUT-HEARTBEATS"],
  // As sockjs-node does: heartbeats pile up behind a reader that has stalled, and nobody asks whether they arrive.
  mutate: (original) => ({
    openSockJs: (options, accept) => original.openSockJs({ ...options, transportHeartbeatMs: never }, accept),
  }),
} satisfies MutantFile;
