import type { Mutant } from "./mutant.ts";
import { rewriteSocketListener } from "./rewrite-transport.ts";

/** Less than the silence after which a client with heartbeats of one second is given up. */
const pingMs = 1500;

export const takesPongsForHeartbeats: Mutant = {
  name: "takes-pongs-for-heartbeats",
  description: "Counts WebSocket pongs as life, which a browser sends for a page that no longer runs.",
  breaks: ["LEAVE-ON-SILENCE"],
  alsoBreaks: ["LEAVE-IN-TIME"],
  mutate: (sound) =>
    rewriteSocketListener(
      {
        ...sound,
        openWebSocket: (options, accept) =>
          sound.openWebSocket({ ...options, transportHeartbeatMs: pingMs }, accept),
      },
      (listener, socket) => {
        socket.on("data", () => listener.received(""));
        return {};
      },
    ),
};
