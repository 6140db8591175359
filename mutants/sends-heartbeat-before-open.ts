import { sockJsFraming } from "../reference-server/transports/framing.ts";
import { WebSocketEndpoint } from "../reference-server/transports/websocket.ts";
import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Sends a SockJS heartbeat before the open frame.",
  breaks: ["SOCKJS-OPENS-FIRST"],
  alsoBreaks: [],
  mutate: () => ({
    openWebSocket: (options, accept) =>
      new WebSocketEndpoint(options, accept, { ...sockJsFraming, opening: ["h", ...sockJsFraming.opening] }),
  }),
} satisfies MutantFile;
