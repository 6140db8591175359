import type { MutantFile } from "./support/mutant.ts";
import { never } from "./support/rewrite-transport.ts";

export default {
  description: "Never asks a streaming client for a new request, so that a stalled reader stays forever.",
  breaks: ["LEAVE-OF-STALLED-READER"],
  alsoBreaks: ["LIVENESS-WITHOUT-HEARTBEATS"],
  // Like sockjs-node: heartbeats queue up behind a stalled reader, and nothing checks that they arrive.
  mutate: (original) => ({
    openSockJs: (options, accept) => original.openSockJs({ ...options, transportHeartbeatMs: never }, accept),
  }),
} satisfies MutantFile;
