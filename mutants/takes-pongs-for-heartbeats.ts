import type { MutantFile } from "./support/mutant.ts";
import { rewriteSocketListener } from "./support/rewrite-transport.ts";

/** An empty one; RFC 6455, section 5.5.2. */
const ping = Buffer.from([0x89, 0]);
/** Less than the silence after which a client is given up. */
const pingMs = 1000;

export default {
  description: "Counts WebSocket pongs as life, which a browser sends for a page that no longer runs.",
  breaks: ["LEAVE-ON-SILENCE"],
  alsoBreaks: ["LEAVE-IN-TIME"],
  mutate: (original) =>
    rewriteSocketListener(original, (listener, socket) => {
      const asking = setInterval(() => socket.writable && socket.write(ping), pingMs);
      socket.once("close", () => clearInterval(asking));
      socket.on("data", () => listener.received(""));
      return {};
    }),
} satisfies MutantFile;
