import { Server } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "sockjs";
import type { Connection } from "sockjs";
import { prefix, readAddress } from "./address.ts";
import type { Address } from "./address.ts";
import type { AcceptConnection, ClientConnection, ConnectionListener } from "../flow/client-connection.ts";
import { Ownership } from "./ownership.ts";

export interface SockJsOptions {
  /** Path from which the iframe transports load sockjs-client. */
  readonly clientPath: string;
  readonly maxMessageBytes: number;
  readonly transportHeartbeatMs: number;
  readonly disconnectDelayMs: number;
  readonly lingerMs: number;
}

/** Answers HTTP requests below the prefix. */
export interface HttpEndpoint {
  handle(request: IncomingMessage, response: ServerResponse): void;
}

type SessionAddress = Extract<Address, { kind: "session" }>;

const streaming: readonly string[] = ["xhr_streaming", "eventsource", "htmlfile"];
const receiving: readonly string[] = [...streaming, "xhr", "jsonp"];
const sending: readonly string[] = ["xhr_send", "jsonp_send"];

/** State of an HTTP session that sockjs-node does not keep. */
interface HttpSession {
  readonly ownership: Ownership;
  /** Response that carries data to the client, or the last one that did. */
  response: ServerResponse;
  /** Both are null until sockjs-node has opened the session. */
  connection: Connection | null;
  listener: ConnectionListener | null;
}

/**
 * Serves the HTTP transports of SockJS with sockjs-node, and adds three rules: only its own client can use a session, request
 * bodies have a limit, and a streaming client must open a new request at each transport heartbeat.
 */
export class SockJsEndpoint implements HttpEndpoint {
  readonly #options: SockJsOptions;
  readonly #accept: AcceptConnection;
  readonly #sessions = new Map<string, HttpSession>();
  /** Server that sockjs-node is installed on. It never listens. It receives the requests that passed the checks. */
  readonly #inner = new Server((_request, response) => notFound(response));

  constructor(options: SockJsOptions, accept: AcceptConnection) {
    this.#options = options;
    this.#accept = accept;
    const sockjs = createServer({
      prefix,
      sockjs_url: options.clientPath,
      heartbeat_delay: options.transportHeartbeatMs,
      disconnect_delay: options.disconnectDelayMs,
      log: () => undefined,
    });
    sockjs.on("connection", (connection) => this.#open(connection));
    sockjs.installHandlers(this.#inner);
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const address = readAddress(request.url ?? "");
    if (address === null) {
      notFound(response);
      return;
    }
    if (address.kind !== "session" || request.method === "OPTIONS") {
      this.#inner.emit("request", request, response);
      return;
    }
    const session = this.#sessions.get(address.sessionId);
    const isUnknown = session === undefined && sending.includes(address.transport);
    // One answer for both cases, so that a stranger cannot find out which sessions exist.
    if (isUnknown || session?.ownership.accepts(request) === false) {
      notFound(response);
      return;
    }
    limitBody(request, response, this.#options.maxMessageBytes, session);
    if (receiving.includes(address.transport)) this.#receive(address, session, request, response);
    this.#inner.emit("request", request, response);
    this.#forgetUnopened(address.sessionId, response);
  }

  #receive(
    address: SessionAddress,
    known: HttpSession | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    // sockjs-node refuses a second receiving request with 2010.
    if (known !== undefined && !known.response.writableEnded) return;
    const session = known ?? {
      ownership: new Ownership(request, response, address.path),
      response,
      connection: null,
      listener: null,
    };
    session.response = response;
    this.#sessions.set(address.sessionId, session);
    if (streaming.includes(address.transport)) endAfterHeartbeat(session, response, this.#options);
  }

  /** Drops the session of a request that sockjs-node refused. */
  #forgetUnopened(sessionId: string, response: ServerResponse): void {
    const session = this.#sessions.get(sessionId);
    const isRefused = session?.response === response && response.statusCode !== 200;
    if (isRefused && session.connection === null) this.#sessions.delete(sessionId);
  }

  #open(connection: Connection): void {
    const address = readAddress(connection.url);
    const session = address?.kind === "session" ? this.#sessions.get(address.sessionId) : undefined;
    if (address?.kind !== "session" || session === undefined) {
      connection.close();
      return;
    }
    const listener = this.#accept(
      connectionTo(session, connection, address.sessionId, this.#options.lingerMs),
    );
    session.connection = connection;
    session.listener = listener;
    connection.on("data", (text: unknown) => {
      if (typeof text === "string") listener.received(text);
      else listener.broken("broken SockJS framing", 1002);
    });
    connection.on("close", () => {
      this.#sessions.delete(address.sessionId);
      // sockjs-node reports an abort before it ends the response, and a missing request long after.
      if (session.response.writableEnded) listener.ended("silence", "no further request to receive");
      else listener.ended("lost", "the receiving request was aborted");
    });
  }
}

function connectionTo(
  session: HttpSession,
  connection: Connection,
  sessionId: string,
  lingerMs: number,
): ClientConnection {
  return {
    transport: connection.protocol,
    sessionId,
    send: (text) => void connection.write(text),
    close(code, reason) {
      closeWith(connection, code, reason);
      destroyAfter(session.response, lingerMs);
    },
    backlogBytes: () => session.response.writableLength,
  };
}

/** Closes with a numeric code. SockJS uses numbers, but the published types say strings. */
function closeWith(connection: { close: unknown }, code: number, reason: string): void {
  (connection as { close(code: number, reason: string): void }).close(code, reason);
}

/**
 * Ends a streaming response after the transport heartbeat. A live client then opens the next request. A dead or stalled
 * client does not, and the disconnect delay ends its session. sockjs-node itself ends a response only after a number of
 * bytes, and has no public method to end one earlier.
 */
function endAfterHeartbeat(session: HttpSession, response: ServerResponse, options: SockJsOptions): void {
  const timer = setTimeout(() => {
    if (session.response !== response || response.writableEnded) return;
    const inside = session.connection as { _session?: { recv?: { didClose(): void } | null } } | null;
    inside?._session?.recv?.didClose();
    destroyAfter(response, options.disconnectDelayMs);
  }, options.transportHeartbeatMs);
  response.once("close", () => clearTimeout(timer));
}

/** Destroys a response that has not reached the client within `timeoutMs`. */
function destroyAfter(response: ServerResponse, timeoutMs: number): void {
  const timer = setTimeout(() => response.destroy(), timeoutMs);
  response.once("close", () => clearTimeout(timer));
}

function limitBody(
  request: IncomingMessage,
  response: ServerResponse,
  maxBytes: number,
  session: HttpSession | undefined,
): void {
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maxBytes || response.headersSent) return;
    request.removeAllListeners("data").removeAllListeners("end").resume();
    response.once("finish", () => request.destroy());
    response.writeHead(413, { connection: "close" }).end();
    session?.listener?.broken(`a request may have at most ${maxBytes} bytes`, 1009);
  });
}

function notFound(response: ServerResponse): void {
  response.writeHead(404).end();
}
