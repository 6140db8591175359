import type { ClientCommand } from "../../harness/clients/protocol.ts";

/** Returns a CONNECT without heartbeats and optional headers. */
export const bareConnect = (url: string, transport: string, timeoutMs = 5_000): ClientCommand => ({
  do: "connect",
  url,
  transport,
  timeoutMs,
  heartbeat: { outgoingMs: 0, incomingMs: 0 },
  versions: ["1.2", "1.1"],
  stompHeaders: {},
  httpHeaders: {},
  compression: false,
  identifies: null,
});
