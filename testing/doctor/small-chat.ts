import { createServer, type IncomingMessage } from "node:http";
import { createServer as createSockJs, type Connection } from "sockjs";
import { listen, type RawServer } from "../sample-servers/server/listen.ts";

/** What a small chat does, and what it leaves out. */
export interface Habits {
  /** Whether it takes no notice of CONNECT. */
  readonly isDeaf?: boolean;
  /** Its answer in CONNECTED's `heart-beat`. */
  readonly heartbeat?: string;
  /** Sends STOMP heartbeats, one in so many milliseconds; 0 for none. */
  readonly beatMs?: number;
  /** Drops who was silent for so many milliseconds; 0 for never. */
  readonly dropMs?: number;
  /** Versions that it accepts. */
  readonly versions?: readonly string[];
  readonly receipts?: boolean;
  /** Whether what is sent comes back to whoever is subscribed. */
  readonly echoes?: boolean;
  readonly heartbeatDelayMs?: number;
  readonly disconnectDelayMs?: number;
  /** Answers a request by itself, with that status; undefined for those that it lets pass. */
  readonly refuses?: (request: IncomingMessage) => number | undefined;
}

/** STOMP over sockjs-node, as little of it as the doctor asks for, at `/chat`. */
export async function startSmallChat(habits: Habits = {}): Promise<RawServer & { readonly url: URL }> {
  const server = createServer();
  const sockJs = createSockJs({
    prefix: "/chat",
    log: () => undefined,
    heartbeat_delay: habits.heartbeatDelayMs ?? 25_000,
    disconnect_delay: habits.disconnectDelayMs ?? 5_000,
  });
  sockJs.on("connection", (connection) => serve(connection, habits));
  sockJs.installHandlers(server);
  guard(server, habits);
  const raw = await listen(server);
  return { ...raw, url: new URL(`http://127.0.0.1:${raw.port}/chat`) };
}

/** Sets the refusals before what the server does otherwise. */
function guard(server: ReturnType<typeof createServer>, { refuses }: Habits): void {
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

function serve(connection: Connection, habits: Habits): void {
  const { heartbeat = "1000,1000", beatMs = 0, dropMs = 0, versions = ["1.2", "1.1", "1.0"] } = habits;
  let silence: NodeJS.Timeout | undefined;
  let beats: NodeJS.Timeout | undefined;
  let subscription: string | undefined;
  let isTimed = false;
  const heard = () => {
    clearTimeout(silence);
    if (dropMs > 0) silence = setTimeout(() => connection.close("1002", "silent"), dropMs);
  };
  connection.on("close", () => {
    clearTimeout(silence);
    clearInterval(beats);
  });
  connection.on("data", (text: string) => {
    if (isTimed) heard();
    const [, command = "", head = "", body = ""] = /^([A-Z]+)\n((?:.+\n)*)\n([^]*)\0\n*$/.exec(text) ?? [];
    const header = (name: string) => new RegExp(`^${name}:(.*)$`, "m").exec(head)?.[1];
    if (command === "CONNECT") {
      if (habits.isDeaf === true) return;
      const offered = header("accept-version")?.split(",") ?? [];
      const version = versions.find((own) => offered.includes(own));
      if (version === undefined) return void connection.write("ERROR\nmessage:no such version\n\n\0");
      connection.write(`CONNECTED\nversion:${version}\nheart-beat:${heartbeat}\n\n\0`);
      if (beatMs > 0) beats = setInterval(() => connection.write("\n"), beatMs);
      isTimed = header("heart-beat") === "1000,1000";
      if (isTimed) heard();
    }
    if (command === "SUBSCRIBE") subscription = header("id");
    if (command === "SEND" && habits.echoes === true && subscription !== undefined)
      connection.write(`MESSAGE\nsubscription:${subscription}\nmessage-id:1\n\n${body}\0`);
    const receipt = header("receipt");
    if (receipt !== undefined && habits.receipts !== false)
      connection.write(`RECEIPT\nreceipt-id:${receipt}\n\n\0`);
  });
}
