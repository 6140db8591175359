import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import sockjs from "sockjs";
import { WebSocketServer } from "ws";
import type { Application, Headers, MakeApplication } from "./application.ts";
import { ShapeSession, type Channel, type Receipts } from "./shape-session.ts";

export interface ShapeServerOptions {
  /** The endpoint's, such as `/ws`. */
  readonly path: string;
  readonly transport: "native" | "sockjs";
  readonly receipts: Receipts;
}

export interface ShapeServer {
  /** The endpoint's address, `ws:` where it speaks no SockJS. */
  readonly url: URL;
  readonly close: () => Promise<void>;
}

/** How long SockJS waits for the next request of a client, in milliseconds. */
const sockJsDelayMs = 300;

type Open = (channel: Channel, address: string, cookie?: string) => ShapeSession;

/**
 * Starts a small server on a free port for somebody's application: STOMP with heartbeats, on a WebSocket or on SockJS.
 * It trusts everybody, and a message has to be one frame.
 */
export async function startShapeServer(
  makeApplication: MakeApplication,
  { path, transport, receipts }: ShapeServerOptions,
): Promise<ShapeServer> {
  const sessions = new Set<ShapeSession>();
  const application = makeApplication({
    sessions,
    tell: (destination, body) => {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      for (const session of sessions) session.tell(destination, text);
    },
  });
  const around = { application, receipts, sessions };
  const server = createServer((request, response) => void answer(application, request, response));
  const open: Open = (channel, address, cookie = "") => new ShapeSession(channel, address, cookie, around);
  if (transport === "native") takeWebSockets(server, path, application, open);
  else takeSockJs(server, path, open);
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

function takeWebSockets(
  server: Server,
  path: string,
  { admits = () => true }: Application,
  open: Open,
): void {
  const endpoint = new WebSocketServer({
    server,
    path,
    verifyClient: ({ req }: { req: IncomingMessage }) => admits(req),
  });
  endpoint.on("connection", (socket, request) => {
    const channel: Channel = {
      write: (text) => socket.send(text),
      close: () => socket.close(1002),
      end: () => socket.terminate(),
    };
    const session = open(channel, request.url ?? "", request.headers.cookie);
    socket.on("error", () => socket.terminate());
    socket.on("message", (data: Buffer) => session.read(String(data)));
    socket.on("close", (code) => session.end(code === 1006 ? "lost" : "close"));
  });
}

function takeSockJs(server: Server, path: string, open: Open): void {
  const endpoint = sockjs.createServer({
    prefix: path,
    disconnect_delay: sockJsDelayMs,
    log: () => undefined,
  });
  // For a session that is over before it began, sockjs-node gives null.
  endpoint.on("connection", (connection: sockjs.Connection | null) => {
    if (connection === null) return;
    const end = () => connection.close();
    const channel: Channel = { write: (text) => connection.write(text), close: end, end };
    const session = open(channel, connection.url);
    connection.on("data", (text) => session.read(text));
    connection.on("close", () => session.end("close"));
  });
  endpoint.installHandlers(server);
}
