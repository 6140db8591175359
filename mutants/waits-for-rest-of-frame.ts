import type { MutantFile } from "./support/mutant.ts";
import { rewriteSocketListener } from "./support/rewrite-transport.ts";

/** Returns the length of a masked frame from its first bytes; RFC 6455, section 5.2. */
function frameBytes(start: Buffer): number {
  const short = (start[1] ?? 0) & 0x7f;
  if (short < 126) return 6 + short;
  return short === 126 ? 8 + start.readUInt16BE(2) : 14 + Number(start.readBigUInt64BE(2));
}

export default {
  description: "Waits for the rest of a WebSocket frame after the connection is lost.",
  breaks: ["LEAVE-ON-LOST-CONNECTION"],
  alsoBreaks: ["IDENTIFY-LEAVES-NO-GHOST"],
  mutate: (original) =>
    rewriteSocketListener(original, (listener, socket) => {
      let missingBytes = 0;
      socket.on("data", (chunk: Buffer) => {
        let rest = chunk;
        while (rest.length > 0) {
          if (missingBytes === 0) missingBytes = frameBytes(rest);
          const taken = Math.min(missingBytes, rest.length);
          missingBytes -= taken;
          rest = rest.subarray(taken);
        }
      });
      return {
        ended(cause, detail) {
          if (missingBytes === 0) listener.ended(cause, detail);
        },
      };
    }),
} satisfies MutantFile;
