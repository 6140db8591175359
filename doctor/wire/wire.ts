import type { WebSocket } from "ws";
import { encodeSockJs } from "../../harness/clients/raw/codec/sockjs-frame.ts";
import { openWebSocket } from "./handshake.ts";
import type { PagelessTransport } from "../../harness/profile/transports.ts";
import { HttpWire, type HttpWireTransport } from "./http-wire.ts";
import { below } from "./address.ts";
import { withTimeout } from "../../harness/util/with-timeout.ts";
import { newSessionId } from "../../harness/clients/raw/session-id.ts";
import { endLimitMs, readSockJs, type Wire, type WireListener } from "./sockjs.ts";

/** Transport that the doctor speaks. Sessions in iframes need a page. */
export type WireTransport = PagelessTransport | HttpWireTransport;

/** Endpoint of a wire. */
export interface WireEndpoint {
  readonly url: URL;
  /** True if the URL is a WebSocket's own, so that `native` uses it and not its `/websocket`. */
  readonly isBare: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

export interface WireOptions {
  /** SockJS's session id; random by default. */
  readonly sessionId?: string;
  /** Subprotocols that `native` offers. */
  readonly protocols?: readonly string[];
}

/** Opens a session. An error becomes `closed`. */
export function openWire(
  { url, isBare, headers }: WireEndpoint,
  transport: WireTransport,
  { sessionId = newSessionId(), protocols = [] }: WireOptions,
  listener: WireListener,
): Wire {
  const session = (name: string) => below(url, `000/${sessionId}/${name}`);
  switch (transport) {
    case "websocket":
      return webSocketWire(session("websocket"), { headers }, true, listener);
    case "native":
      return webSocketWire(isBare ? url : below(url, "websocket"), { headers, protocols }, false, listener);
    default:
      return new HttpWire(session, headers, transport, listener);
  }
}

function webSocketWire(
  url: URL,
  handshake: Parameters<typeof openWebSocket>[1],
  isSockJs: boolean,
  listener: WireListener,
): Wire {
  const socket = openWebSocket(url, handshake);
  if (socket instanceof Error) {
    queueMicrotask(() => listener.closed(null, socket.message));
    return { send: () => undefined, end: () => Promise.resolve() };
  }
  let over = false;
  const close = (code: number | null, reason: string) => {
    if (over) return;
    over = true;
    listener.closed(code, reason);
  };
  socket.on("error", ({ message }) => close(null, message));
  socket.on("unexpected-response", (_request, response) => {
    const { statusCode = null, statusMessage = "" } = response;
    close(statusCode, `HTTP ${statusCode ?? ""} ${statusMessage}`.trim());
    response.destroy();
    socket.terminate();
  });
  socket.on("close", (code, reason) => close(code, String(reason)));
  socket.on("open", () => {
    if (!isSockJs && !over) listener.opened();
  });
  socket.on("ping", () => {
    if (!over) listener.beat("ping");
  });
  socket.on("message", (data: Buffer) => {
    if (over) return;
    if (!isSockJs) return listener.text(String(data));
    try {
      readSockJs(String(data), { ...listener, closed: close });
    } catch (error) {
      close(null, (error as Error).message);
      socket.terminate();
    }
  });
  return {
    send: (text) => {
      if (socket.readyState === socket.OPEN) socket.send(isSockJs ? encodeSockJs(text) : text);
    },
    end: () => {
      over = true;
      return endSocket(socket);
    },
  };
}

async function endSocket(socket: WebSocket): Promise<void> {
  if (socket.readyState === socket.OPEN) {
    const closed = new Promise<true>((resolve) => socket.once("close", () => resolve(true)));
    socket.close(1000);
    await withTimeout(endLimitMs, closed);
  }
  socket.terminate();
}
