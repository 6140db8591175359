import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { setTimeout } from "node:timers/promises";
import sockjs from "sockjs";
import { WebSocketServer } from "ws";
import type { Application, MakeApplication, SampleSession } from "./application.ts";
import { listen } from "./listen.ts";
import type { FrameHeaders } from "./stomp.ts";
import { StompSession, type Channel, type StompOptions } from "./stomp-session.ts";

/** Behaviour of a sample server. The defaults are those of a right server. */
export interface ServerOptions extends StompOptions {
  /** Path of the endpoint, such as `/ws`; without one a WebSocket is taken at every path. */
  readonly path?: string;
  readonly transport: "native" | "sockjs";
  /** Port to listen on; a free one when left out. */
  readonly port?: number;
  /** Negotiates permessage-deflate on WebSockets; false when left out. */
  readonly deflate?: boolean;
  /** Range of the delay of everything written, in milliseconds: each connection gets one within it. None when left out. */
  readonly delayMs?: readonly [least: number, most: number];
  /** Time that SockJS waits for a client's next request, in milliseconds; 300 when left out. */
  readonly sockJsDelayMs?: number;
  /** Period of SockJS's own heartbeats, in milliseconds; 25,000 when left out. */
  readonly sockJsHeartbeatMs?: number;
  /** Answers HTTP requests; those of the application's `post` when left out. */
  readonly answers?: RequestListener;
  /** Returns the status that refuses a request, or undefined to let it pass. */
  readonly refuses?: (request: IncomingMessage) => number | undefined;
}

/** A sample server that runs. */
export interface RunningServer {
  /** Address of the endpoint, `ws:` where it is a plain WebSocket. */
  readonly url: URL;
  /** Sessions that have connected and not ended. */
  readonly sessions: ReadonlySet<SampleSession>;
  /** Resolves true as soon as no client is connected, false after five seconds. */
  readonly isLeft: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

type Open = (channel: Channel, address: string) => StompSession;

/**
 * Starts a sample server on a free port: STOMP on a WebSocket or on SockJS, for one application.
 * It trusts every client, and expects one frame in each message.
 */
export async function startServer(
  makeApplication: MakeApplication,
  options: ServerOptions,
): Promise<RunningServer> {
  const { path = "/", transport, delayMs = [0, 0] } = options;
  const sessions = new Set<StompSession>();
  const application = makeApplication({
    sessions,
    tell: (destination, body) => {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      for (const session of sessions) session.tell(destination, text).catch(() => undefined);
    },
  });
  const server = createServer(
    options.answers ?? ((request, response) => void answer(application, request, response)),
  );
  const open: Open = (channel, address) =>
    new StompSession(delayed(channel, delayMs), address, { application, options, sessions });
  if (transport === "native") takeWebSockets(server, options, open);
  else takeSockJs(server, options, open);
  refuseFirst(server, options);
  const { port, isLeft, close } = await listen(server, options.port);
  return {
    url: new URL(`${transport === "native" ? "ws" : "http"}://127.0.0.1:${port}${path}`),
    sessions,
    isLeft,
    close: async () => {
      // All at once, so that no client is told of another's end.
      for (const session of sessions) session.cut();
      await close();
    },
  };
}

async function answer({ post, http }: Application, request: IncomingMessage, response: ServerResponse) {
  let text = "";
  for await (const bytes of request) text += String(bytes);
  if (http !== undefined) {
    http(request, text, response);
    return;
  }
  const body = text === "" ? {} : (JSON.parse(text) as FrameHeaders);
  const answered = post?.(request.url ?? "", body);
  response.writeHead(answered === undefined ? 404 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify(answered));
}

/** Puts the refusals before the server's other listeners. */
function refuseFirst(server: Server, { refuses }: ServerOptions): void {
  if (refuses === undefined) return;
  for (const event of ["request", "upgrade"] as const) {
    const usual = server.listeners(event) as ((...parts: unknown[]) => void)[];
    server.removeAllListeners(event);
    server.on(event, (request: IncomingMessage, ...rest: unknown[]) => {
      const status = refuses(request);
      if (status === undefined) return usual.forEach((listener) => listener.call(server, request, ...rest));
      request.socket.end(`HTTP/1.1 ${status} No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    });
  }
}

/** Delays everything written by the same time, so that it keeps its order. */
function delayed(channel: Channel, [least, most]: readonly [number, number]): Channel {
  const ms = least + Math.random() * (most - least);
  if (ms === 0) return channel;
  return {
    ...channel,
    write: (text) => setTimeout(ms).then(() => channel.write(text)),
    close: (code) => void setTimeout(ms).then(() => channel.close(code)),
  };
}

function takeWebSockets(server: Server, { path, deflate = false }: ServerOptions, open: Open): void {
  const endpoint = new WebSocketServer({ server, path, perMessageDeflate: deflate });
  endpoint.on("connection", (socket, handshake) => {
    const channel: Channel = {
      webSocket: { socket, handshake },
      write: (text) =>
        new Promise((resolve, reject) => {
          socket.send(text, (error) => (error instanceof Error ? reject(error) : resolve()));
        }),
      close: (code) => socket.close(code),
      end: () => socket.terminate(),
    };
    const session = open(channel, handshake.url ?? "");
    socket.on("error", () => socket.terminate());
    socket.on("message", (data: Buffer) => session.read(String(data)));
    socket.on("close", (code) => session.end(code === 1006 ? "lost" : "close"));
  });
}

function takeSockJs(
  server: Server,
  { path = "", sockJsDelayMs = 300, sockJsHeartbeatMs = 25_000 }: ServerOptions,
  open: Open,
): void {
  const endpoint = sockjs.createServer({
    prefix: path,
    disconnect_delay: sockJsDelayMs,
    heartbeat_delay: sockJsHeartbeatMs,
    log: () => undefined,
  });
  // sockjs-node gives null for a session that is over before it began.
  endpoint.on("connection", (connection: sockjs.Connection | null) => {
    if (connection === null) return;
    const write = (text: string) =>
      connection.write(text) ? Promise.resolve() : Promise.reject(new Error("the connection has ended"));
    const channel: Channel = {
      write,
      close: () => connection.close(),
      end: (reason) => (reason === undefined ? connection.close() : connection.close("1002", reason)),
    };
    const session = open(channel, connection.url);
    connection.on("data", (text) => session.read(text));
    connection.on("close", () => session.end("close"));
  });
  endpoint.installHandlers(server);
}
