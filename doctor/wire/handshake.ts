import { WebSocket } from "ws";

/** WebSocket subprotocols of STOMP 1.2, 1.1 and 1.0. */
export const stompProtocols = ["v12.stomp", "v11.stomp", "v10.stomp"];

export interface Handshake {
  readonly headers?: Readonly<Record<string, string>>;
  /** Subprotocols to offer. */
  readonly protocols?: readonly string[];
  readonly origin?: string;
  /** Offers permessage-deflate. */
  readonly compression?: boolean;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** Result of a WebSocket handshake. */
export interface HandshakeResult {
  readonly accepted: boolean;
  /** Status of the HTTP answer; null without an answer. */
  readonly status: number | null;
  /** Chosen subprotocol; empty for none. */
  readonly protocol: string;
  readonly extensions: string;
  /** Reason of a failure; empty on success. */
  readonly why: string;
  /** Names of the cookies that the answer set. */
  readonly cookies: readonly string[];
}

/** Opens a WebSocket, notes the answer, and closes it. Never rejects. Afterwards the connection is closed. */
export function shakeHands(url: URL, handshake: Handshake): Promise<HandshakeResult> {
  return new Promise((resolve) => {
    const { signal } = handshake;
    let told: Partial<HandshakeResult> = {};
    const socket = openWebSocket(url, handshake);
    const finish = (result: Partial<HandshakeResult>) => {
      signal.removeEventListener("abort", expire);
      resolve({
        accepted: false,
        status: null,
        protocol: "",
        extensions: "",
        why: "",
        cookies: [],
        ...told,
        ...result,
      });
      if (socket instanceof WebSocket) socket.terminate();
    };
    const expire = () => finish({ why: "no answer in time" });
    if (socket instanceof Error) return finish({ why: socket.message });
    signal.addEventListener("abort", expire);
    // This listener stays, since an aborted handshake emits an error later.
    socket.on("error", ({ message }) => finish({ why: message }));
    socket.on("upgrade", ({ headers, statusCode = null }) => {
      told = { status: statusCode, cookies: cookieNames(headers["set-cookie"]) };
    });
    socket.on("unexpected-response", (_request, response) => {
      const { statusCode = null, statusMessage = "", headers } = response;
      finish({
        status: statusCode,
        cookies: cookieNames(headers["set-cookie"]),
        why: `HTTP ${statusCode ?? ""} ${statusMessage}`.trim(),
      });
      response.destroy();
    });
    socket.on("open", () => {
      const { protocol, extensions } = socket;
      finish({ accepted: true, protocol, extensions });
    });
    if (signal.aborted) expire();
  });
}

/** Returns the names in `Set-Cookie` headers, without the values, which are secrets. */
export const cookieNames = (headers: readonly string[] = []): string[] =>
  headers.map((header) => header.replace(/=.*$/s, "").trim());

/** Opens a WebSocket. Returns the error for an invalid request. */
export function openWebSocket(
  url: URL,
  { headers = {}, protocols = [], origin, compression = false }: Omit<Handshake, "signal">,
): WebSocket | Error {
  const to = new URL(url);
  to.protocol = to.protocol.replace(/^http/, "ws");
  try {
    return new WebSocket(to, [...protocols], {
      headers: { "User-Agent": "hangup", ...headers },
      perMessageDeflate: compression,
      maxPayload: 1_048_576,
      ...(origin === undefined ? {} : { origin }),
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
