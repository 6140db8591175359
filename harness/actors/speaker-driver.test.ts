import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createTlsServer } from "node:https";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { ClientEvent } from "./protocol.ts";
import { startSpeaker } from "./speaker-driver.ts";
import { limits } from "./speaker/limits.ts";
import { encodeFrame, opcodes } from "./speaker/websocket-frame.ts";
import { transportsOf } from "./transports.ts";
import { bareConnect } from "../testing/bare-connect.ts";

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

/** Connects a speaker, and waits until it is closed. */
async function closed(port: number, transport: string, url = "http://chat.example/connection") {
  const events: ClientEvent[] = [];
  const end = new Promise<Extract<ClientEvent, { kind: "closed" }>>((resolve) => {
    const driver = startSpeaker(port, {}, (event) => {
      events.push(event);
      if (event.kind === "closed") resolve(event);
    });
    onTestFinished(() => driver.dispose());
    void driver.do(bareConnect(transport === "native" ? url.replace("http", "ws") : url, transport));
  });
  const { code, reason } = await end;
  return { code, reason, kinds: events.map(({ kind }) => kind) };
}

test.each([
  ["a handshake without end", "native", () => "x".repeat(limits.headBytes + 1), "beyond the limit"],
  ["another handshake's answer", "native", () => upgrade(""), "accepted another handshake"],
  ["no HTTP", "xhr-polling", () => "220 smtp ready\r\n\r\n", "no HTTP response"],
  [
    "a poll answered with nothing, which would be asked again for ever",
    "xhr-polling",
    () => "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "xhr got an empty answer",
  ],
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
  expect(end.kinds).toEqual(["closed"]);
});

test.each([
  ["a frame that claims 2 MiB", Buffer.from("827f0000000000200000", "hex"), "beyond the limit"],
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
  expect(end.kinds).toEqual(["opened", "closed"]);
});

function endlessFragments(): Buffer {
  const part = encodeFrame({ opcode: 0, fin: false, masked: false, payload: "x".repeat(60_000) });
  const first = encodeFrame({ opcode: opcodes.binary, fin: false, masked: false });
  return Buffer.concat([first, ...Array.from({ length: 18 }, () => part)]);
}

test("a session that opens a second time was lost", async () => {
  const port = await target((socket, request) => {
    socket.write(upgrade(request));
    socket.write(Buffer.concat([fromServer("o"), fromServer("o")]));
  });
  const end = await closed(port, "websocket");
  expect(end).toMatchObject({ code: null, kinds: ["opened", "closed"] });
  expect(end.reason).toContain("a second time");
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
  const tls = (name: string) => readFileSync(new URL(`../testing/tls/${name}.pem`, import.meta.url));
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
  const program = fileURLToPath(new URL("../testing/speakers-over-tls.ts", import.meta.url));
  const certificate = fileURLToPath(new URL("../testing/tls/cert.pem", import.meta.url));
  const child = fork(program, {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const kinds: Record<string, string> = {};
  child.on("message", (message) => {
    const { transport, events } = message as { transport: string; events: ClientEvent[] };
    kinds[transport] = events.map(({ kind }) => kind).join(" ");
  });
  await once(child, "exit");
  const expected = transportsOf.speaker.map((transport) => [transport, "opened connected closed"]);
  expect(kinds).toEqual(Object.fromEntries(expected));
});
