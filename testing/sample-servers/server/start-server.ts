import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import sockjs from "sockjs";
import { WebSocketServer } from "ws";
import type { Application, Headers, MakeApplication } from "./application.ts";
import { ShapeSession, type Channel, type Receipts } from "./stomp-session.ts";

export interface ShapeServerOptions {
  /** The endpoint's, such as `/ws`. */
  readonly path: string;
  readonly transport: "native" | "sockjs";
  readonly receipts: Receipts;
  /** Whether WebSockets negotiate permessage-deflate; not when left out. */
  readonly deflate?: boolean;
  /** Whether heartbeats are granted; they are when left out. */
  readonly heartbeats?: boolean;
  /** How long after a DISCONNECT it closes the connection by itself, in milliseconds; never when left out. */
  readonly closesAfterMs?: number | undefined;
  /** How long what it writes is on its way, in milliseconds: for each connection something between both. 0 when left out. */
  readonly delayMs?: readonly [least: number, most: number];
  /** How long SockJS waits for the next request of a client, in milliseconds; 300 when left out. */
  readonly sockJsDelayMs?: number;
}

export interface ShapeServer {
  /** The endpoint's address, `ws:` where it speaks no SockJS. */
  readonly url: URL;
  readonly close: () => Promise<void>;
}

type Open = (channel: Channel, address: string, cookie?: string) => ShapeSession;

/**
 * Starts a small server on a free port for somebody's application: STOMP with heartbeats, on a WebSocket or on SockJS.
 * It trusts everybody, and a message has to be one frame.
 */
export async function startShapeServer(
  makeApplication: MakeApplication,
  options: ShapeServerOptions,
): Promise<ShapeServer> {
  const { path, transport, receipts, heartbeats = true, closesAfterMs, delayMs = [0, 0] } = options;
  const sessions = new Set<ShapeSession>();
  const application = makeApplication({
    sessions,
    tell: (destination, body) => {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      for (const session of sessions) session.tell(destination, text).catch(() => undefined);
    },
  });
  const around = { application, receipts, heartbeats, closesAfterMs, sessions };
  const server = createServer((request, response) => void answer(application, request, response));
  // After an upgrade nobody else minds a reset.
  server.on("connection", (socket) => socket.on("error", () => undefined));
  const open: Open = (channel, address, cookie = "") =>
    new ShapeSession(delayed(channel, delayMs), address, cookie, around);
  if (transport === "native") takeWebSockets(server, options, application, open);
  else takeSockJs(server, options, open);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`${transport === "native" ? "ws" : "http"}://127.0.0.1:${port}${path}`),
    close: async () => {
      for (const session of [...sessions]) session.drop();
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer({ post }: Application, request: IncomingMessage, response: ServerResponse) {
  let text = "";
  for await (const bytes of request) text += String(bytes);
  const body = text === "" ? {} : (JSON.parse(text) as Headers);
  const answered = post?.(request.url ?? "", body);
  response.writeHead(answered === undefined ? 404 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify(answered));
}

/** Everything goes out later by the same time, and in its order. */
function delayed({ write, close, end }: Channel, [least, most]: readonly [number, number]): Channel {
  const ms = least + Math.random() * (most - least);
  if (ms === 0) return { write, close, end };
  return {
    write: (text) => setTimeout(ms).then(() => write(text)),
    close: (code) => void setTimeout(ms).then(() => close(code)),
    end,
  };
}

function takeWebSockets(
  server: Server,
  { path, deflate = false }: ShapeServerOptions,
  { admits = () => true }: Application,
  open: Open,
): void {
  const endpoint = new WebSocketServer({
    server,
    path,
    perMessageDeflate: deflate,
    verifyClient: ({ req }: { req: IncomingMessage }) => admits(req),
  });
  endpoint.on("connection", (socket, request) => {
    const channel: Channel = {
      write: (text) =>
        new Promise((resolve, reject) => {
          socket.send(text, (error) => (error instanceof Error ? reject(error) : resolve()));
        }),
      close: (code) => socket.close(code),
      end: () => socket.terminate(),
    };
    const session = open(channel, request.url ?? "", request.headers.cookie);
    socket.on("error", () => socket.terminate());
    socket.on("message", (data: Buffer) => session.read(String(data)));
    socket.on("close", (code) => session.end(code === 1006 ? "lost" : "close"));
  });
}

function takeSockJs(server: Server, { path, sockJsDelayMs = 300 }: ShapeServerOptions, open: Open): void {
  const endpoint = sockjs.createServer({
    prefix: path,
    disconnect_delay: sockJsDelayMs,
    log: () => undefined,
  });
  // For a session that is over before it began, sockjs-node gives null.
  endpoint.on("connection", (connection: sockjs.Connection | null) => {
    if (connection === null) return;
    const end = () => connection.close();
    const write = (text: string) =>
      connection.write(text) ? Promise.resolve() : Promise.reject(new Error("the connection has ended"));
    const channel: Channel = { write, close: end, end };
    const session = open(channel, connection.url);
    connection.on("data", (text) => session.read(text));
    connection.on("close", () => session.end("close"));
  });
  endpoint.installHandlers(server);
}
