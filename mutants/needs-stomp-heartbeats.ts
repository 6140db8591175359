import type { MutantFile } from "./support/mutant.ts";
import { ignoreConnectionEnds } from "./support/rewrite-transport.ts";

export default {
  description:
    "Stops asking the transport for signs of life when STOMP is there, also where that agreed on none.",
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
