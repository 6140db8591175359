import { missingLeave, union } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { reconfigure } from "./support/rewrite-core.ts";
import { never } from "./support/rewrite-transport.ts";

export default {
  description: "Sends no pings, no heartbeats and no answers to polls while there are no messages.",
  breaks: ["KEEP-ALIVE-UNDERCUTS-PROXIES"],
  alsoBreaks: union(["HEARTBEATS-AS-NEGOTIATED", "LEAVE-ON-SILENCE", "LEAVE-IN-TIME"], missingLeave.silent),
  mutate: (original) => ({
    // The server still expects the clients' heartbeats.
    ...reconfigure(original, ({ heartbeats }) => ({ heartbeats: { ...heartbeats, toClientMs: 0 } })),
    openWebSocket: (options, accept) =>
      original.openWebSocket({ ...options, transportHeartbeatMs: never }, accept),
    openSockJs: (options, accept) => original.openSockJs({ ...options, transportHeartbeatMs: never }, accept),
  }),
} satisfies MutantFile;
