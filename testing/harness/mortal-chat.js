// A small chat that dies as its environment says, for tests with a real process. Needs no compilation, so that it starts fast.
import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

/** @typedef {{ socket: import("ws").WebSocket, subscription?: string, client?: string }} Session */

const { DIES_OF_NAME, DIES_OF_TWO_NAMES, DIES_AT_CONNECTION, DIES_ONCE_FILE } = process.env;
const port = Number(process.argv[2]);

/** @type {Set<Session>} */
const sessions = new Set();
let connections = 0;
process.stdout.write("password=hunter22\n");

/** @param {"join" | "leave"} event @param {string} client */
function tell(event, client) {
  const body = JSON.stringify({ event, clientData: client });
  for (const { socket, subscription } of sessions)
    if (subscription !== undefined)
      socket.send(`MESSAGE\ndestination:/topic/\nsubscription:${subscription}\nmessage-id:1\n\n${body}\0`);
}

/** Dies where the environment says so. */
function mayDie() {
  const names = [...sessions].flatMap(({ client }) => client ?? []);
  /** @param {string | undefined} part */
  const isThere = (part) => part !== undefined && names.some((name) => name.startsWith(part));
  const [one, other] = DIES_OF_TWO_NAMES?.split(",") ?? [];
  if (isThere(DIES_OF_NAME) || (isThere(one) && isThere(other))) throw new TypeError("no such client");
  if (DIES_ONCE_FILE !== undefined && names.length > 2 && !existsSync(DIES_ONCE_FILE)) {
    writeFileSync(DIES_ONCE_FILE, "");
    process.kill(process.pid, "SIGKILL");
  }
}

/** @param {Session} session @param {string} frame */
function take(session, frame) {
  const [head = "", body = ""] = frame.replace(/^\n+/, "").split("\n\n");
  const [command, ...lines] = head.split("\n");
  const headers = new Map(lines.map((line) => /** @type {[string, string]} */ (line.split(/:(.*)/))));
  const { socket } = session;
  if (command === "CONNECT") socket.send("CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0");
  if (command === "SUBSCRIBE") session.subscription = headers.get("id") ?? "";
  if (command === "SEND") {
    const clientData = /"clientData":"([^"]*)"/.exec(body)?.[1] ?? "";
    session.client = clientData;
    setImmediate(mayDie);
    tell("join", clientData);
  }
  const receipt = headers.get("receipt");
  if (receipt !== undefined) socket.send(`RECEIPT\nreceipt-id:${receipt}\n\n\0`);
  if (command === "DISCONNECT") socket.close(1000);
}

const server = createServer((_request, response) => void response.end("here"));
new WebSocketServer({ server }).on("connection", (socket) => {
  connections += 1;
  if (connections === Number(DIES_AT_CONNECTION)) process.exit(7);
  /** @type {Session} */
  const session = { socket };
  sessions.add(session);
  socket.on("error", () => socket.terminate());
  socket.on("message", (/** @type {Buffer} */ data) => {
    for (const frame of String(data).split("\0")) if (frame.trim() !== "") take(session, frame);
  });
  socket.on("close", () => {
    sessions.delete(session);
    if (session.client !== undefined) tell("leave", session.client);
  });
});
server.listen(port, "127.0.0.1");
