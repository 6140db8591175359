import { frameBytes } from "../proxy/frame.ts";
import { witnessLimitMs, type MakeFault } from "./fault.ts";

/** Whatever else passes a quiet connection is shorter. */
const bodyBytes = 128;

/**
 * The connection ends with FIN in the middle of a frame: the client sends something, and half of that reaches the target,
 * which never learns what it was to be. Its witness is the length that the frame, or over TLS the record, states of itself
 * beside what went on of it.
 */
export const cutInFrame: MakeFault = (actor) => ({
  name: "cut-in-frame",
  actor,
  ends: "visibly",
  apply: async () => {
    if (!actor.isQuiet)
      throw new Error(
        `${actor.name} has to be on a WebSocket, without heartbeats, for its frame to be told apart`,
      );
    let statedBytes = 0;
    const cutting = actor.proxy.cut(
      "to-target",
      (piece) => {
        statedBytes = frameBytes(piece) ?? 0;
        // A pong is too short to be what was just sent.
        return statedBytes > bodyBytes ? Math.floor(Math.min(statedBytes, piece.length) / 2) : undefined;
      },
      witnessLimitMs,
    );
    await actor.driver.do({ do: "send", destination: "/half", body: "x".repeat(bodyBytes) });
    const cut = await cutting;
    if (cut === undefined || cut.ended === 0 || cut.keptBytes >= statedBytes) return undefined;
    const words = `${cut.keptBytes} bytes of a frame of ${statedBytes} reached the target, then FIN`;
    return { words, effectAtMs: cut.atMs };
  },
});
