import { randomBytes } from "node:crypto";
import { frameBytes } from "../../network/frame.ts";
import type { MakeFault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";

/** Length in bytes that no other frame on a quiet connection has. */
const frameBytesMin = 128;

/** Returns a text whose frame is longer, even compressed: six random bits a character. */
export const incompressibleText = (): string => randomBytes(2 * frameBytesMin).toString("base64url");

/**
 * Ends the connection with FIN in the middle of a frame of which only the first half reaches the target. The witness is
 * the length in the header of the frame, or over TLS of the record, beside the number of bytes that passed.
 */
export const cutInFrame: MakeFault = (actor) => ({
  name: "cut-in-frame",
  actor,
  ends: "visibly",
  apply: async () => {
    if (!actor.session.isQuiet)
      throw new Error(
        `${actor.name} has to be on a WebSocket, without heartbeats, for its frame to be told apart`,
      );
    let statedBytes = 0;
    let frameKeptBytes = 0;
    const cutting = actor.proxy.cutter.cut(
      "to-target",
      (piece) => {
        const long = longFrameIn(piece);
        if (long === undefined) return undefined;
        ({ statedBytes } = long);
        frameKeptBytes = Math.floor(Math.min(statedBytes, piece.length - long.from) / 2);
        return long.from + frameKeptBytes;
      },
      witnessLimitMs,
    );
    await actor.driver.do({ do: "send", destination: "/half", body: incompressibleText() });
    const cut = await cutting;
    if (cut === undefined || cut.ended === 0 || frameKeptBytes >= statedBytes) return undefined;
    const words = `${frameKeptBytes} bytes of a frame of ${statedBytes} reached the target, then FIN`;
    return { words, effectAtMs: cut.atMs };
  },
});

/** Finds the long frame in a piece. A pong is shorter, and the same piece may hold earlier frames. */
function longFrameIn(piece: Buffer): { readonly from: number; readonly statedBytes: number } | undefined {
  for (let from = 0; from < piece.length;) {
    const statedBytes = frameBytes(piece.subarray(from));
    if (statedBytes === undefined) return undefined;
    if (statedBytes > frameBytesMin) return { from, statedBytes };
    from += statedBytes;
  }
  return undefined;
}
