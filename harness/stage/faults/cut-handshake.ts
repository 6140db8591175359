import type { Actor } from "../actor.ts";
import type { Fault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";

export interface CutHandshakeOptions {
  /** Place of the cut: in the middle of the client's request, or before the answer reaches the client. */
  readonly at?: "request" | "answer" | undefined;
}

/**
 * Ends the connection with FIN in the middle of the WebSocket handshake, or of the TLS handshake before it. Injected
 * before the client connects. The witness is the part of the handshake that the proxy passed on.
 */
export const cutHandshake = (actor: Actor, { at = "request" }: CutHandshakeOptions = {}): Fault => ({
  name: `cut-handshake-${at}`,
  actor,
  ends: "visibly",
  apply: async () => {
    const cut =
      at === "request"
        ? await actor.proxy.cutter.cut("to-target", inRequest, witnessLimitMs)
        : await actor.proxy.cutter.cut("from-target", beforeAnswer, witnessLimitMs);
    if (cut === undefined || cut.ended === 0) return undefined;
    const side = at === "request" ? "request" : "answer";
    const words = `${cut.keptBytes} of ${cut.ofBytes} bytes of the handshake's ${side} passed, then FIN`;
    return { words, effectAtMs: cut.atMs };
  },
});

/** Passes on plain HTTP requests without an upgrade, such as SockJS's info request. */
const inRequest = (piece: Buffer): number | undefined => {
  const text = piece.toString("latin1");
  const isPlain =
    /^[A-Z]+ [^\r\n]* HTTP\/1\.[01]\r\n/.test(text) && !/\r\nupgrade: *websocket\r\n/i.test(text);
  return isPlain ? undefined : Math.floor(piece.length / 2);
};

const beforeAnswer = (piece: Buffer): number | undefined =>
  /^HTTP\/1\.[01] (?!101 )/.test(piece.toString("latin1")) ? undefined : 0;
