import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Promises heartbeats over HTTP, too, and sends none there.",
  breaks: ["HEARTBEATS-AS-NEGOTIATED"],
  alsoBreaks: [],
  mutate: (original) => ({
    perform(effect, live, context) {
      const isOnWebSocket = live.connection.transport.startsWith("websocket");
      if (effect.kind !== "heartbeat" || isOnWebSocket) original.perform(effect, live, context);
    },
  }),
} satisfies MutantFile;
