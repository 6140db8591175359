import { createServer as createHttp, type RequestListener } from "node:http";
import { createServer as createHttps } from "node:https";
import { createServer as createTcp, type Server, type Socket } from "node:net";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { createServer as createSockJs } from "sockjs";
import { expect, onTestFinished, test } from "vitest";
import { startChatServer } from "../../testing/sample-servers/server/chat.ts";
import { listen } from "../../testing/sample-servers/server/listen.ts";
import { reach } from "./reach.ts";

const pem = (name: string) => readFileSync(new URL(`../../testing/harness/tls/${name}.pem`, import.meta.url));
const certificate = { key: pem("key"), cert: pem("cert") };

const springInfo = '{"entropy":-1,"origins":["*:*"],"cookie_needed":true,"websocket":true}';

/** Each of these answers every request in the same way. */
const answering = (...[status, headers, body = ""]: [number, Record<string, string>, string?]) =>
  createHttp((_request, response) => void response.writeHead(status, headers).end(body));

/** A server below HTTP. */
const speaking = (take: (socket: Socket) => void) =>
  createTcp((socket) => take(socket.resume().on("error", () => undefined)));

/** Writes a piece every few milliseconds, for as long as the other side takes it. */
function drip(socket: Socket, piece: string, everyMs: number): void {
  const timer = setInterval(() => socket.write(piece), everyMs);
  socket.on("close", () => clearInterval(timer));
}

/** Reaches for a server, which has to be left alone afterwards. */
async function reached(server: Server, scheme = "http", path = "/ws", timeoutMs = 2_000) {
  const { port, isLeft, close } = await listen(server);
  try {
    const found = await reach(new URL(`${scheme}://127.0.0.1:${port}${path}`), { timeoutMs });
    expect(await isLeft(), "its connections are gone").toBe(true);
    return found;
  } finally {
    await close();
  }
}

const web: RequestListener = (_request, response) =>
  void response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Hello</title>");

const unending: RequestListener = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  const more = () => {
    while (!response.destroyed && response.write(" ".repeat(16_384)));
  };
  response.on("drain", more);
  more();
};

const dripping: RequestListener = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" }).flushHeaders();
  const timer = setInterval(() => response.write("{"), 100);
  response.on("close", () => clearInterval(timer));
};

test.concurrent.for<[string, () => Server, string, string[]]>([
  [
    "says nothing",
    () => speaking(() => undefined),
    "http",
    ["took the connection and said nothing for", "hang"],
  ],
  ["says nothing, over TLS", () => speaking(() => undefined), "https", ["said nothing for"]],
  ["speaks no TLS", () => createHttp(web), "https", ["does not speak TLS", "http:// in place of https://"]],
  [
    "speaks TLS only",
    () => createHttps(certificate, web),
    "http",
    ["speaks TLS", "https:// in place of http://"],
  ],
  [
    "speaks TLS, and says so in an answer of 400",
    () => {
      const secure = createHttps(certificate, web);
      // Tomcat and nginx look at the first byte: 22 begins a TLS handshake.
      return createTcp({ pauseOnConnect: true }, (socket) => {
        socket.on("error", () => undefined);
        socket.once("readable", () => {
          const first = socket.read() as Buffer | null;
          if (first === null) return;
          if (first[0] !== 22)
            return void socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
          socket.unshift(first);
          secure.emit("connection", socket);
        });
        socket.resume().pause();
        socket.read(0);
      });
    },
    "http",
    ["speaks TLS", "https://"],
  ],
  [
    "has a self-signed certificate",
    () => createHttps(certificate, web),
    "https",
    ["certificate", "is self-signed", "NODE_EXTRA_CA_CERTS"],
  ],
  [
    "redirects",
    () => answering(302, { location: "/chat/info" }),
    "http",
    ["answered 302", '/chat" as the address'],
  ],
  [
    "redirects to a log-in",
    () => answering(302, { location: "/login?next=%2Fws" }),
    "http",
    ["looks like a log-in", "`before`"],
  ],
  ["redirects to nowhere", () => answering(301, {}), "http", ["answered 301"]],
  [
    "redirects to no web address",
    () => answering(301, { location: "file:///etc/passwd" }),
    "http",
    ["no web address"],
  ],
  ["has nothing there", () => answering(404, {}), "http", ["answered 404", "no SockJS endpoint is there"]],
  ["wants a log-in", () => answering(401, {}), "http", ["answered 401", "`before`", "`headers`"]],
  ["forbids", () => answering(403, {}), "http", ["answered 403", "`before`"]],
  ["fails", () => answering(500, {}), "http", ["answered 500", "its log"]],
  ["is a proxy without its server", () => answering(503, {}), "http", ["answered 503", "a proxy"]],
  [
    "is a web server",
    () => createHttp(web),
    "http",
    ["answered 200 with a web page", "a page gives to SockJS"],
  ],
  [
    "answers other JSON",
    () => answering(200, {}, '{"status":"UP"}'),
    "http",
    ['{\\"status\\":\\"UP\\"}', "no SockJS info"],
  ],
  ["answers without end", () => createHttp(unending), "http", ["did not end within 64 KiB"]],
  ["answers too slowly", () => createHttp(dripping), "http", ["body that did not end in time"]],
  [
    "breaks off",
    () =>
      speaking((socket) =>
        socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")),
      ),
    "http",
    ["broke off within the body"],
  ],
  [
    "sends headers without end",
    () =>
      speaking((socket) => {
        socket.write("HTTP/1.1 200 OK\r\n");
        drip(socket, `x-more: ${"y".repeat(4_000)}\r\n`, 5);
      }),
    "http",
    ["headers that did not end within 16 KiB"],
  ],
  [
    "drips its headers",
    () =>
      speaking((socket) => {
        socket.write("HTTP/1.1 200 OK\r\nx-slow: ");
        drip(socket, "y", 100);
      }),
    "http",
    ["bytes in", "no whole answer"],
  ],
  [
    "speaks something else",
    () => speaking((socket) => void socket.write("SSH-2.0-OpenSSH_9.9\r\n")),
    "http",
    ["answered with no HTTP", "SSH-2.0"],
  ],
  [
    "hangs up",
    () => speaking((socket) => socket.once("data", () => socket.end())),
    "http",
    ["without an answer to /ws/info"],
  ],
])("nothing: one that %s", async ([, server, scheme, words]) => {
  const found = await reached(server(), scheme);
  expect(found.kind).toBe("nothing");
  const problem = found.kind === "nothing" ? found.problem : "";
  for (const word of words) expect(problem).toContain(word);
  expect(problem).not.toMatch(/[\r\n]/);
});

test("nothing: a closed port, an unknown host, no web address", async () => {
  const { port, close } = await listen(createTcp());
  await close();
  expect(await reach(new URL(`http://127.0.0.1:${port}/ws`))).toEqual({
    kind: "nothing",
    problem: expect.stringContaining(`nothing listens at 127.0.0.1 port ${port}`) as string,
  });
  expect(await reach(new URL("http://hangup.invalid/ws"))).toEqual({
    kind: "nothing",
    problem: expect.stringContaining('no address is known for the host "hangup.invalid"') as string,
  });
  expect(await reach(new URL("file:///ws"))).toEqual({
    kind: "nothing",
    problem: expect.stringContaining("begins with http://") as string,
  });
});

test("headers that can't be sent are told, not thrown", async () => {
  const { port, close } = await listen(createHttp(web));
  onTestFinished(close);
  const found = await reach(new URL(`http://127.0.0.1:${port}/ws`), { headers: { "no header": "\n" } });
  expect(found).toMatchObject({
    kind: "nothing",
    problem: expect.stringContaining("could not be asked") as string,
  });
});

function sockJsAt(prefix: string): Server {
  const server = createHttp((_request, response) => void response.writeHead(404).end());
  createSockJs({ prefix, log: () => undefined }).installHandlers(server);
  return server;
}

test("SockJS, and whose it looks like", async () => {
  expect(await reached(sockJsAt("/ws"), "http", "/ws?token=1")).toEqual({
    kind: "sockjs",
    info: { websocket: true, origins: ["*:*"], cookieNeeded: false },
    looksLike: "sockjs-node",
    evidence: expect.stringContaining("websocket, origins, cookie_needed, entropy") as string,
  });
  expect(await reached(answering(200, {}, springInfo), "ws")).toMatchObject({
    kind: "sockjs",
    info: { cookieNeeded: true },
    looksLike: "spring",
  });
  expect(await reached(answering(200, {}, '{"websocket":false}'))).toEqual({
    kind: "sockjs",
    info: { websocket: false, origins: [], cookieNeeded: false },
    looksLike: "unknown",
    evidence: expect.stringContaining("neither") as string,
  });
});

test.for([
  ["/chat/info", "/chat"],
  ["/chat/000/abcdefgh/xhr_streaming", "/chat"],
  ["/", "/ws"],
])("names the neighbour: SockJS is asked for at %s", async ([asked = "", prefix = ""]) => {
  const found = await reached(sockJsAt(prefix), "http", asked);
  expect(found).toMatchObject({
    kind: "nothing",
    sockJsAt: expect.stringMatching(new RegExp(`${prefix}$`)) as string,
    problem: expect.stringContaining("SockJS answers at") as string,
  });
});

test("a WebSocket without SockJS, and one that belongs to SockJS", async () => {
  const chat = await startChatServer();
  onTestFinished(() => chat.close());
  expect(await reach(chat.url)).toEqual({ kind: "websocket" });
  // This one chooses no subprotocol.
  expect(await reached(sockJsAt("/ws"), "http", "/ws/websocket")).toEqual({
    kind: "websocket",
    sockJsAt: expect.stringMatching(/\/ws$/) as string,
  });
});

test("whatever bytes come back, the answer is one line", async () => {
  let bytes = Buffer.alloc(0);
  const { port, close } = await listen(speaking((socket) => socket.once("data", () => socket.end(bytes))));
  onTestFinished(close);
  const answers = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((piece) => Buffer.from(piece)),
    fc.string({ unit: "binary" }).map((text) => Buffer.from(`HTTP/1.1 200 OK\r\n\r\n${text}`)),
    fc.json().map((text) => Buffer.from(`HTTP/1.1 200 OK\r\n\r\n${text}`)),
    fc.string().map((text) => Buffer.from(`HTTP/1.1 302 Found\r\nLocation: ${text}\r\n\r\n`)),
  );
  await fc.assert(
    fc.asyncProperty(answers, async (answer) => {
      bytes = answer;
      const found = await reach(new URL(`http://127.0.0.1:${port}/ws`), { timeoutMs: 1_000 });
      expect(found.kind).toBe("nothing");
      expect(found.kind === "nothing" && found.problem).toMatch(/^[^\p{Cc}]+$/u);
    }),
    { numRuns: 60 },
  );
});
