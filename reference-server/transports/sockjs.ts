import { Server } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "sockjs";
import type { Connection } from "sockjs";
import { prefix, readAddress } from "./address.ts";
import type { Address } from "./address.ts";
import type { AcceptConnection, ClientConnection, ConnectionListener } from "../flow/client-connection.ts";
import { Ownership } from "./ownership.ts";

export interface SockJsOptions {
  /** Where the iframe transports find sockjs-client. */
  readonly clientPath: string;
  readonly maxMessageBytes: number;
  readonly transportHeartbeatMs: number;
  readonly disconnectDelayMs: number;
  readonly lingerMs: number;
}

/** Answers what is below the prefix. */
export interface HttpEndpoint {
  handle(request: IncomingMessage, response: ServerResponse): void;
}

type SessionAddress = Extract<Address, { kind: "session" }>;

const streaming: readonly string[] = ["xhr_streaming", "eventsource", "htmlfile"];
const receiving: readonly string[] = [...streaming, "xhr", "jsonp"];
const sending: readonly string[] = ["xhr_send", "jsonp_send"];

/** What is known of an HTTP session beside what sockjs-node knows. */
interface HttpSession {
  readonly ownership: Ownership;
  /** The response that carries data to the client now, or was the last to do so. */
  response: ServerResponse;
  /** Both null until sockjs-node has opened the session. */
  connection: Connection | null;
  listener: ConnectionListener | null;
}

/**
 * The HTTP transports of SockJS. sockjs-node does the work; this closes the gaps round it: a session belongs to who
 * opened it, bodies have a limit, and a streaming client has to come back with a new request at each transport heartbeat.
 */
export class SockJsEndpoint implements HttpEndpoint {
  private readonly options: SockJsOptions;
  private readonly accept: AcceptConnection;
  private readonly sessions = new Map<string, HttpSession>();
  /** sockjs-node wants a server to listen to. This one never listens: it gets the requests that passed the guards. */
  private readonly inner = new Server((_request, response) => notFound(response));

  constructor(options: SockJsOptions, accept: AcceptConnection) {
    this.options = options;
    this.accept = accept;
    const sockjs = createServer({
      prefix,
      sockjs_url: options.clientPath,
      heartbeat_delay: options.transportHeartbeatMs,
      disconnect_delay: options.disconnectDelayMs,
      log: () => undefined,
    });
    sockjs.on("connection", (connection) => this.open(connection));
    sockjs.installHandlers(this.inner);
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const address = readAddress(request.url ?? "");
    if (address === null) {
      notFound(response);
      return;
    }
    if (address.kind !== "session" || request.method === "OPTIONS") {
      this.inner.emit("request", request, response);
      return;
    }
    const session = this.sessions.get(address.sessionId);
    const isUnknown = session === undefined && sending.includes(address.transport);
    // The same answer in both cases: who asks doesn't learn whether there is such a session.
    if (isUnknown || session?.ownership.holds(request) === false) {
      notFound(response);
      return;
    }
    limitBody(request, response, this.options.maxMessageBytes, session);
    if (receiving.includes(address.transport)) this.receive(address, session, request, response);
    this.inner.emit("request", request, response);
    this.forgetUnopened(address.sessionId, response);
  }

  private receive(
    address: SessionAddress,
    known: HttpSession | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    // A second receiver beside the first is turned away by sockjs-node, with 2010.
    if (known !== undefined && !known.response.writableEnded) return;
    const session = known ?? {
      ownership: new Ownership(request, response, address.path),
      response,
      connection: null,
      listener: null,
    };
    session.response = response;
    this.sessions.set(address.sessionId, session);
    if (streaming.includes(address.transport)) recycle(session, response, this.options);
  }

  /** A request that sockjs-node refused has opened no session. */
  private forgetUnopened(sessionId: string, response: ServerResponse): void {
    const session = this.sessions.get(sessionId);
    const isRefused = session?.response === response && response.statusCode !== 200;
    if (isRefused && session.connection === null) this.sessions.delete(sessionId);
  }

  private open(connection: Connection): void {
    const address = readAddress(connection.url);
    const session = address?.kind === "session" ? this.sessions.get(address.sessionId) : undefined;
    if (address?.kind !== "session" || session === undefined) {
      connection.close();
      return;
    }
    const listener = this.accept(linkTo(session, connection, address.sessionId, this.options.lingerMs));
    session.connection = connection;
    session.listener = listener;
    connection.on("data", (text: unknown) => {
      if (typeof text === "string") listener.received(text);
      else listener.broken("broken SockJS framing", 1002);
    });
    connection.on("close", () => {
      this.sessions.delete(address.sessionId);
      // sockjs-node tells of an abort before it ends the response, and of a missing request long after.
      if (session.response.writableEnded) listener.ended("silence", "no further request to receive");
      else listener.ended("lost", "the receiving request was aborted");
    });
  }
}

function linkTo(
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
      cutOff(session.response, lingerMs);
    },
    backlogBytes: () => session.response.writableLength,
  };
}

/** SockJS has numbers for close codes; the published types say strings. */
function closeWith(connection: { close: unknown }, code: number, reason: string): void {
  (connection as { close(code: number, reason: string): void }).close(code, reason);
}

/**
 * Ends a streaming response after a while, so that a living client asks for the next one, and a dead or stalled one is
 * found out by the disconnect delay. sockjs-node does this by itself only after so many bytes, and has no public way
 * to ask for it.
 */
function recycle(session: HttpSession, response: ServerResponse, options: SockJsOptions): void {
  const timer = setTimeout(() => {
    if (session.response !== response || response.writableEnded) return;
    const inside = session.connection as { _session?: { recv?: { didClose(): void } | null } } | null;
    inside?._session?.recv?.didClose();
    cutOff(response, options.disconnectDelayMs);
  }, options.transportHeartbeatMs);
  response.once("close", () => clearTimeout(timer));
}

/** Leaves a response so much time to reach the client, and no more. */
function cutOff(response: ServerResponse, withinMs: number): void {
  const timer = setTimeout(() => response.destroy(), withinMs);
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
    session?.listener?.broken(`a request may hold ${maxBytes} bytes at most`, 1009);
  });
}

function notFound(response: ServerResponse): void {
  response.writeHead(404).end();
}
