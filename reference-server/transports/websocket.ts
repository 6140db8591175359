import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { RawData, WebSocket } from "ws";
import { ResettableTimer } from "../resettable-timer.ts";
import { nativeFraming, sockJsFraming } from "./framing.ts";
import type { Framing } from "./framing.ts";
import type { AcceptConnection, ConnectionListener } from "../flow/client-connection.ts";

export interface WebSocketOptions {
  readonly maxMessageBytes: number;
  /** Time from a pong to the next ping, and the timeout from a ping to its pong. */
  readonly transportHeartbeatMs: number;
  readonly lingerMs: number;
}

export interface UpgradeEndpoint {
  /** Answers an upgrade request. `sessionId` comes from a SockJS path; null means native WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, sessionId: string | null): void;
}

const subprotocols: readonly string[] = ["v12.stomp", "v11.stomp", "v10.stomp"];

/**
 * Serves WebSocket, native and with SockJS framing. It replaces sockjs-node's WebSocket transport, which cannot distinguish a
 * close frame from a lost connection, has a fixed pong timeout, and negotiates no subprotocol.
 */
export class WebSocketEndpoint implements UpgradeEndpoint {
  readonly #options: WebSocketOptions;
  readonly #accept: AcceptConnection;
  readonly #sockJsFraming: Framing;
  readonly #native: WebSocketServer;
  readonly #sockJs: WebSocketServer;

  constructor(options: WebSocketOptions, accept: AcceptConnection, framing: Framing = sockJsFraming) {
    this.#options = options;
    this.#accept = accept;
    this.#sockJsFraming = framing;
    const shared = {
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: options.maxMessageBytes,
      closeTimeout: options.lingerMs,
    };
    this.#native = new WebSocketServer({
      ...shared,
      handleProtocols: (offered) => subprotocols.find((subprotocol) => offered.has(subprotocol)) ?? false,
    });
    this.#sockJs = new WebSocketServer({ ...shared, handleProtocols: () => false });
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, sessionId: string | null): void {
    const [server, framing] =
      sessionId === null ? [this.#native, nativeFraming] : [this.#sockJs, this.#sockJsFraming];
    server.handleUpgrade(request, socket, head, (webSocket) => this.#open(webSocket, sessionId, framing));
  }

  #open(webSocket: WebSocket, sessionId: string | null, framing: Framing): void {
    for (const text of framing.opening) webSocket.send(text);
    const listener = this.#accept({
      transport: framing.transport,
      sessionId,
      send: (text) => webSocket.send(framing.wrap(text)),
      close(code, reason) {
        const closing = framing.closing(code, reason);
        if (closing !== null) webSocket.send(closing);
        webSocket.close(code, reason);
      },
      backlogBytes: () => webSocket.bufferedAmount,
    });
    listen(webSocket, framing, listener, this.#options.transportHeartbeatMs);
  }
}

function listen(
  webSocket: WebSocket,
  framing: Framing,
  listener: ConnectionListener,
  heartbeatMs: number,
): void {
  const stopHeartbeat = startPings(webSocket, heartbeatMs, () => {
    listener.ended("silence", "no pong");
    webSocket.terminate();
  });
  webSocket.on("message", (data: RawData) => {
    const chunks = framing.unwrap(toBuffer(data));
    if (chunks === null) listener.broken("broken SockJS framing", 1002);
    else for (const chunk of chunks) listener.received(chunk);
  });
  // After an invalid message (framing, size, UTF-8) ws closes the connection itself, with the right code.
  webSocket.on("error", (error) => listener.ended("error", error.message));
  webSocket.on("close", (code, reason) => {
    stopHeartbeat();
    listener.ended(code === 1006 ? "lost" : "closed", `${code} ${reason.toString()}`.trim());
  });
}

/** Sends pings periodically. Returns a function that stops them. */
function startPings(webSocket: WebSocket, intervalMs: number, onSilence: () => void): () => void {
  const timer = new ResettableTimer();
  const ping = () => {
    webSocket.ping();
    timer.set(intervalMs, onSilence);
  };
  const schedule = () => timer.set(intervalMs, ping);
  webSocket.on("pong", schedule);
  schedule();
  return () => timer.clear();
}

function toBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? Buffer.from(data) : data;
}
