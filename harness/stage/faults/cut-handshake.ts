import type { Actor } from "../actor.ts";
import type { Fault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";

export interface CutHandshakeOptions {
  /** In the middle of the client's request, or before the answer to it gets back. */
  readonly at?: "request" | "answer" | undefined;
}

/**
 * The connection ends with FIN in the middle of the WebSocket handshake, or of TLS's before it. Made before the client
 * connects. Its witness is what the proxy let through of the handshake.
 */
export const cutHandshake = (actor: Actor, { at = "request" }: CutHandshakeOptions = {}): Fault => ({
  name: `cut-handshake-${at}`,
  actor,
  ends: "visibly",
  apply: async () => {
    const cut =
      at === "request"
        ? await actor.proxy.cut("to-target", inRequest, witnessLimitMs)
        : await actor.proxy.cut("from-target", beforeAnswer, witnessLimitMs);
    if (cut === undefined || cut.ended === 0) return undefined;
    const side = at === "request" ? "request" : "answer";
    const words = `${cut.keptBytes} of ${cut.ofBytes} bytes of the handshake's ${side} passed, then FIN`;
    return { words, effectAtMs: cut.atMs };
  },
});

/** What is plain HTTP and no upgrade, such as SockJS's question for information, goes on. */
const inRequest = (piece: Buffer): number | undefined => {
  const text = piece.toString("latin1");
  const isPlain =
    /^[A-Z]+ [^\r\n]* HTTP\/1\.[01]\r\n/.test(text) && !/\r\nupgrade: *websocket\r\n/i.test(text);
  return isPlain ? undefined : Math.floor(piece.length / 2);
};

const beforeAnswer = (piece: Buffer): number | undefined =>
  /^HTTP\/1\.[01] (?!101 )/.test(piece.toString("latin1")) ? undefined : 0;
