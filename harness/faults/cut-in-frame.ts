import { frameBytes } from "../proxy/frame.ts";
import { witnessLimitMs, type MakeFault } from "./fault.ts";

/**
 * The connection ends with FIN in the middle of a frame: the client identifies once more, and half of that reaches the
 * target. Its witness is the length that the frame, or over TLS the record, states of itself beside what went on of it.
 */
export const cutInFrame: MakeFault = (actor) => ({
  name: "cut-in-frame",
  actor,
  ends: "visibly",
  apply: async () => {
    const { client } = actor;
    if (client === undefined || !actor.isQuiet)
      throw new Error(
        `${actor.name} has to identify on a WebSocket, without heartbeats, for its frame to be told apart`,
      );
    let statedBytes = 0;
    const cutting = actor.proxy.cut(
      "to-target",
      (piece) => {
        statedBytes = frameBytes(piece) ?? 0;
        // A pong is too short to be what was just sent.
        return statedBytes > 64 ? Math.floor(Math.min(statedBytes, piece.length) / 2) : undefined;
      },
      witnessLimitMs,
    );
    await actor.identify(client);
    const cut = await cutting;
    if (cut === undefined || cut.ended === 0 || cut.keptBytes >= statedBytes) return undefined;
    const words = `${cut.keptBytes} bytes of a frame of ${statedBytes} reached the target, then FIN`;
    return { words, effectAtMs: cut.atMs };
  },
});
