import type { MutantFile } from "./support/mutant.ts";
import { ignoreConnectionEnds } from "./support/rewrite-transport.ts";

export default {
  description: "Stops transport heartbeats at CONNECTED, even if no STOMP heartbeats were negotiated.",
  breaks: ["LIVENESS-WITHOUT-HEARTBEATS"],
  alsoBreaks: ["LEAVE-OF-STALLED-READER"],
  // Spring's StompSubProtocolHandler switches SockJS heartbeats off at CONNECTED.
  mutate: (original) =>
    ignoreConnectionEnds(
      original,
      ({ cause, connection, session }) =>
        cause === "silence" &&
        connection.transport !== "xhr-polling" &&
        session?.heartbeats.fromClientMs === 0,
    ),
} satisfies MutantFile;
