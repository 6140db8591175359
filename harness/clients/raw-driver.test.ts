import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createTlsServer } from "node:https";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { ClientCommand, ClientEvent } from "./protocol.ts";
import { startRawClient } from "./raw-driver.ts";
import { limits } from "./raw/limits.ts";
import type { RawClientOptions } from "./raw/raw-client.ts";
import { encodeFrame, opcodes } from "./raw/codec/websocket-frame.ts";
import { transportsOf } from "../profile/transports.ts";
import { bareConnect } from "../../testing/harness/bare-connect.ts";

async function portOf(server: Server): Promise<number> {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => open.add(socket.on("error", () => undefined)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A target that answers the first bytes of each connection in its own way. */
const target = (answer: (socket: Socket, request: string) => void): Promise<number> =>
  portOf(
    createServer((socket) => {
      socket.once("data", (bytes) => answer(socket, String(bytes)));
    }),
  );

const upgrade = (request: string): string => {
  const key = /Sec-WebSocket-Key: (.*)\r\n/.exec(request)?.[1] ?? "";
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  return `HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
};
const fromServer = (payload: string) => encodeFrame({ payload, masked: false });

/** Connects a raw client, and waits until it is closed. */
async function closed(
  port: number,
  transport: string,
  url = "http://chat.example/connection",
  options: RawClientOptions = {},
) {
  const events: ClientEvent[] = [];
  const end = new Promise<Extract<ClientEvent, { kind: "closed" }>>((resolve) => {
    const driver = startRawClient(port, options, (event) => {
      events.push(event);
      if (event.kind === "closed") resolve(event);
    });
    onTestFinished(() => driver.dispose());
    const address = transport === "native" ? url.replace("http", "ws") : url;
    const heartbeat = { outgoingMs: 50, incomingMs: 0 };
    void driver.do({ ...bareConnect(address, transport), heartbeat } as ClientCommand);
  });
  const { code, reason } = await end;
  const told = events.map(({ kind }) => kind).filter((kind) => kind !== "requested");
  return { code, reason, kinds: told, asked: events.length - told.length };
}

test.each([
  ["a handshake without end", "native", () => "x".repeat(limits.headBytes + 1), "beyond the limit"],
  ["another handshake's answer", "native", () => upgrade(""), "accepted another handshake"],
  ["no HTTP", "xhr-polling", () => "220 smtp ready\r\n\r\n", "no HTTP response"],
  [
    "a stream without a line's end",
    "xhr-streaming",
    () => `HTTP/1.1 200 OK\r\n\r\n${"a".repeat(limits.messageBytes + 1)}`,
    "SockJS frame is beyond the limit",
  ],
  ["no SockJS", "eventsource", () => "HTTP/1.1 200 OK\r\n\r\ndata: hello\r\n\r\n", "no SockJS frame"],
])("gives up: %s", async (_name, transport, answer, reason) => {
  const end = await closed(await target((socket) => socket.write(answer())), transport);
  expect(end.reason).toContain(reason);
  expect(end.code).toBeNull();
  expect(end.kinds).toEqual(["gave-up", "closed"]);
});

test("a poll answered with nothing, which would be asked again for ever, ends the session", async () => {
  const empty = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  const end = await closed(await target((socket) => socket.write(empty)), "xhr-polling");
  expect(end).toEqual({ code: 1006, reason: "xhr got an empty answer", kinds: ["closed"], asked: 1 });
});

test.each([
  ["a frame that owners 2 MiB", Buffer.from("827f0000000000200000", "hex"), "beyond the limit"],
  ["a masked frame", encodeFrame({ payload: "x" }), "was masked"],
  ["a STOMP frame that is none", fromServer("\nHELLO\n\n\0"), 'unknown STOMP command "HELLO"'],
  ["a STOMP header without end", fromServer("x".repeat(limits.headBytes + 1)), "STOMP frame is beyond"],
  ["fragments without end", endlessFragments(), "message is beyond the limit"],
])("gives up an open WebSocket: %s", async (_name, bytes, reason) => {
  const port = await target((socket, request) => {
    socket.write(upgrade(request));
    socket.write(bytes);
  });
  const end = await closed(port, "native");
  expect(end.reason).toContain(reason);
  expect(end.code).toBeNull();
  expect(end.kinds).toEqual(["opened", "gave-up", "closed"]);
});

function endlessFragments(): Buffer {
  const part = encodeFrame({ opcode: 0, fin: false, masked: false, payload: "x".repeat(60_000) });
  const first = encodeFrame({ opcode: opcodes.binary, fin: false, masked: false });
  return Buffer.concat([first, ...Array.from({ length: 18 }, () => part)]);
}

test.each([
  ["no answer", ""],
  ["half an answer", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\no\n"],
])("an HTTP connection that ends with %s is the target's end, not the client's", async (_, answer) => {
  const port = await target((socket) => socket.end(answer));
  const end = await closed(port, "xhr-polling");
  expect(end.code).toBe(1006);
  expect(end.kinds).not.toContain("gave-up");
  expect(end.reason).toContain("within an HTTP response");
});

test("a session that opens a second time was lost", async () => {
  const port = await target((socket, request) => {
    socket.write(upgrade(request));
    socket.write(Buffer.concat([fromServer("o"), fromServer("o")]));
  });
  const end = await closed(port, "websocket");
  expect(end).toMatchObject({ code: null, kinds: ["opened", "closed"] });
  expect(end.reason).toContain("a second time");
});

test.each([
  [
    "websocket",
    (request: string) => Buffer.concat([Buffer.from(upgrade(request)), ...["h", "o", "x"].map(fromServer)]),
  ],
  ["xhr-streaming", () => "HTTP/1.1 200 OK\r\n\r\nh\no\nx\n"],
  ["eventsource", () => "HTTP/1.1 200 OK\r\n\r\ndata: h\r\n\r\ndata: o\r\n\r\ndata: x\r\n\r\n"],
])("on %s a frame that comes before the open frame is told", async (transport, answer) => {
  const port = await target((socket, request) => socket.write(answer(request)));
  expect((await closed(port, transport)).kinds).toEqual(["before-open", "opened", "gave-up", "closed"]);
});

test("the filling of a stream is no frame, nor is a session that is refused an early one", async () => {
  const filled = `HTTP/1.1 200 OK\r\n\r\n${"h".repeat(2048)}\no\nx\n`;
  const port = await target((socket) => socket.write(filled));
  expect((await closed(port, "xhr-streaming")).kinds).toEqual(["opened", "gave-up", "closed"]);
  const refusing = await target((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nc[2010,"taken"]\n'));
  expect(await closed(refusing, "xhr-streaming")).toMatchObject({
    code: 2010,
    reason: "taken",
    kinds: ["closed"],
  });
});

const welcome = fromServer("CONNECTED\nversion:1.2\nheart-beat:0,50\n\n\0");

test("one that tells bytes tells of all that STOMP brings, before it is read", async () => {
  const port = await target((socket, request) => {
    socket.write(upgrade(request));
    socket.write(Buffer.concat([fromServer("\n"), welcome, fromServer("HELLO\n\n\0")]));
  });
  const { kinds } = await closed(port, "native", undefined, { recordsBytes: true });
  expect(kinds).toEqual(["opened", "heard", "heard", "connected", "heard", "gave-up", "closed"]);
});

test.each([
  [undefined, 4000],
  [false, 4001],
])("one that beats %s keeps its promise, or leaves that to whoever told it to", async (beats, code) => {
  const port = await target((socket, request) => {
    socket.write(upgrade(request));
    socket.once("data", () => {
      // That was CONNECT.
      socket.write(welcome);
      const end = (status: number) => {
        const payload = Buffer.from([status >> 8, status & 255]);
        socket.write(encodeFrame({ opcode: opcodes.close, payload, masked: false }));
      };
      const patience = setTimeout(() => end(4001), 400);
      socket.once("data", () => {
        clearTimeout(patience);
        end(4000);
      });
    });
  });
  const options = beats === undefined ? {} : { beats };
  expect((await closed(port, "native", undefined, options)).code).toBe(code);
});

test("server ids are named one after the other, and a session id as it is", async () => {
  const paths: string[] = [];
  const port = await target((socket, request) => {
    paths.push(request.split(" ")[1] ?? "");
    socket.end(`HTTP/1.1 200 OK\r\n\r\n${["o", "h", "h", "x"][paths.length - 1] ?? "x"}\n`);
  });
  const options = { serverIds: ["a", "b%20"], sessionId: "~mine", until: "opened" } as const;
  await closed(port, "xhr-polling", undefined, options);
  expect(paths).toEqual(["a", "b%20", "a", "b%20"].map((id) => `/connection/${id}/~mine/xhr`));
});

test("CONNECT is as a good client would say it, but for what is asked for", () => {
  const { raw, ...driver } = startRawClient(1, { until: "line" }, () => undefined);
  onTestFinished(() => driver.dispose());
  expect(() => raw?.connectFrame()).toThrow("has not connected yet");
  const connect = bareConnect("http://chat.example:8080/connection", "native");
  void driver.do({ ...connect, stompHeaders: { login: "a:b" } } as typeof connect);
  expect(raw?.connectFrame()).toBe(
    "CONNECT\naccept-version:1.2,1.1\nhost:chat.example\nheart-beat:0,0\nlogin:a:b\n\n\0",
  );
  const changes = { "accept-version": "1.0", "heart-beat": undefined, login: undefined, more: "1" };
  expect(raw?.connectFrame(changes, "STOMP")).toBe(
    "STOMP\naccept-version:1.0\nhost:chat.example\nmore:1\n\n\0",
  );
});

test("pings are answered in kind, and a close frame too", async () => {
  let answered: (bytes: Buffer) => void;
  const answers = new Promise<Buffer>((resolve) => (answered = resolve));
  const port = await target((socket, request) => {
    const received: Buffer[] = [];
    socket.on("data", (bytes) => received.push(bytes));
    socket.on("end", () => answered(Buffer.concat(received)));
    socket.write(upgrade(request));
    const close = encodeFrame({ opcode: opcodes.close, payload: Buffer.from([0x0f, 0xa0]), masked: false });
    socket.write(Buffer.concat([encodeFrame({ opcode: opcodes.ping, payload: "?", masked: false }), close]));
  });
  expect((await closed(port, "websocket")).code).toBe(4000);
  const sent = await answers;
  // Both masked: a pong of one byte, then a close of two.
  expect([...sent.subarray(0, 2)]).toEqual([0x8a, 0x81]);
  expect([...sent.subarray(7, 9)]).toEqual([0x88, 0x82]);
  expect(sent.length).toBe(7 + 8);
});

test("the target sees its own host and path, and the handshake of RFC 6455", async () => {
  let seen = "";
  const port = await target((socket, request) => {
    seen = request;
    socket.end();
  });
  await closed(port, "websocket", "http://chat.example:8080/app/connection?token=1");
  expect(seen).toMatch(/^GET \/app\/connection\/000\/[a-z0-5]{8}\/websocket\?token=1 HTTP\/1\.1\r\n/);
  expect(seen).toContain("\r\nHost: chat.example:8080\r\n");
  expect(seen).toMatch(/\r\nSec-WebSocket-Key: [\w+/]{22}==\r\n/);
});

test("a target that is not there, or ends at once, is told", async () => {
  expect((await closed(1, "native")).reason).toContain("ECONNREFUSED");
  const end = await closed(await target((socket) => socket.end()), "native");
  expect(end).toMatchObject({ code: 1006, kinds: ["closed"] });
});

test("TLS asks for the target's own name, and holds it to its certificate", async () => {
  const tls = (name: string) =>
    readFileSync(new URL(`../../testing/harness/tls/${name}.pem`, import.meta.url));
  let named: (name: string) => void;
  const asked = new Promise<string>((resolve) => (named = resolve));
  const server = createTlsServer({
    key: tls("key"),
    cert: tls("cert"),
    SNICallback: (name, decide) => {
      named(name);
      decide(null);
    },
  });
  const end = await closed(await portOf(server), "native", "https://chat.example/connection");
  expect(await asked).toBe("chat.example");
  expect(end.reason).toContain("self-signed certificate");
});

test("every transport goes over TLS, where the certificate is known", async () => {
  const program = fileURLToPath(new URL("../../testing/harness/raw-clients-over-tls.ts", import.meta.url));
  const certificate = fileURLToPath(new URL("../../testing/harness/tls/cert.pem", import.meta.url));
  const child = fork(program, {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const kinds: Record<string, string> = {};
  child.on("message", (message) => {
    const { transport, events } = message as { transport: string; events: ClientEvent[] };
    kinds[transport] = events
      .map(({ kind }) => kind)
      .filter((kind) => kind !== "requested")
      .join(" ");
  });
  await once(child, "exit");
  const expected = transportsOf("raw").map((transport) => [transport, "opened connected closed"]);
  expect(kinds).toEqual(Object.fromEntries(expected));
});
