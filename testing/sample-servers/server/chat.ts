import { once } from "node:events";
import { WebSocketServer, type WebSocket } from "ws";

/** One client of the chat. */
export interface ChatSession {
  readonly socket: WebSocket;
  /** Who it says it is; undefined until it has. */
  client: string | undefined;
  /** Its subscription's id; undefined until it has one. */
  subscription: string | undefined;
}

export interface ChatServer {
  /** For a profile with `transport: "native"`. */
  readonly url: URL;
  readonly sessions: ReadonlySet<ChatSession>;
  /** Tells every subscriber. */
  readonly say: (body: unknown) => void;
  readonly close: () => Promise<void>;
}

export type Tell = (
  event: "join" | "leave",
  session: ChatSession,
  chat: Pick<ChatServer, "say" | "sessions">,
) => void;

/** Where a test's server behaves as no server should. */
export interface Misbehaviour {
  /** In place of telling everybody who has come or gone. One who never said who it is goes untold. */
  readonly tell?: Tell;
  /** Whether also the end of one who never said who it is goes to `tell`. */
  readonly tellsAll?: boolean;
  /** In place of the answer to a frame, which `usual` gives; returns false to have it answered at once. */
  readonly onFrame?: (command: string, session: ChatSession, usual: () => void) => boolean;
  /** Whether it takes permessage-deflate where a client offers it. That is no misbehaviour. */
  readonly compresses?: boolean;
}

/**
 * A small chat as somebody might write it, for the harness's own tests: STOMP on a WebSocket, one topic, everything as a
 * profile's defaults have it. It trusts everybody, and knows neither heartbeats nor errors.
 */
export async function startChatServer({
  tell = tellAll,
  tellsAll = false,
  onFrame,
  compresses = false,
}: Misbehaviour = {}): Promise<ChatServer> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: compresses });
  await once(server, "listening");
  const sessions = new Set<ChatSession>();
  const say = (body: unknown) => {
    for (const { socket, subscription } of sessions)
      if (subscription !== undefined) socket.send(messageFrame(subscription, JSON.stringify(body)));
  };
  server.on("connection", (socket) => {
    const session: ChatSession = { socket, client: undefined, subscription: undefined };
    sessions.add(session);
    socket.on("error", () => socket.terminate());
    socket.on("message", (data: Buffer) => {
      const frame = readFrame(String(data));
      if (frame === undefined) return;
      const usual = () => answer(frame, session, () => tell("join", session, { say, sessions }));
      if (onFrame?.(frame.command, session, usual) !== true) usual();
    });
    socket.on("close", () => {
      sessions.delete(session);
      if (tellsAll || session.client !== undefined) tell("leave", session, { say, sessions });
    });
  });
  const { port } = server.address() as { port: number };
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    sessions,
    say,
    close: async () => {
      for (const { socket } of sessions) socket.terminate();
      server.close();
      await once(server, "close");
    },
  };
}

interface Frame {
  readonly command: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const tellAll: Tell = (event, { client }, { say }) => say({ event, clientData: client });

function answer({ command, headers, body }: Frame, session: ChatSession, joined: () => void): void {
  if (command === "CONNECT") session.socket.send("CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0");
  if (command === "SUBSCRIBE") session.subscription = headers["id"];
  if (command === "SEND") {
    session.client = (JSON.parse(body) as { clientData: string }).clientData;
    joined();
  }
  const { receipt } = headers;
  if (receipt !== undefined) session.socket.send(`RECEIPT\nreceipt-id:${receipt}\n\n\0`);
}

/** As much of STOMP 1.2 as the harness's own client needs. */
function readFrame(text: string): Frame | undefined {
  const [, command, head = "", body = ""] = /^([A-Z]+)\n((?:.+\n)*)\n([^]*)\0\n*$/.exec(text) ?? [];
  if (command === undefined) return undefined;
  const headers = head
    .split("\n")
    .map((line) => [line.replace(/:.*/s, ""), line.replace(/^[^:]*:/, "")] as const);
  return { command, headers: Object.fromEntries(headers), body };
}

const messageFrame = (subscription: string, body: string) =>
  `MESSAGE\ndestination:/topic/\nsubscription:${subscription}\nmessage-id:1\n\n${body}\0`;
