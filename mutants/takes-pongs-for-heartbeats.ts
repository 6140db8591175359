import type { MutantFile } from "./support/mutant.ts";
import { rewriteSocketListener } from "./support/rewrite-transport.ts";

/** Ping frame without a payload; RFC 6455, section 5.5.2. */
const ping = Buffer.from([0x89, 0]);
/** Shorter than the silence after which a session ends. */
const pingMs = 1000;

export default {
  description: "Counts WebSocket pongs as activity, although a browser sends them for a frozen page.",
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
