import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Proxy } from "./proxy.ts";

let server: Server;
let proxy: Proxy;
let client: Socket;
let target: Socket;
const errors: NodeJS.ErrnoException[] = [];

const serverPort = () => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
};

beforeEach(async () => {
  server = createServer({ allowHalfOpen: true });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  proxy = await Proxy.listen({ host: "127.0.0.1", port: serverPort() }, () => performance.now());
  const accepted = once(server, "connection");
  client = connect({ port: proxy.port, host: "127.0.0.1", allowHalfOpen: true });
  errors.length = 0;
  [target] = (await accepted) as [Socket];
  target.on("error", (error) => errors.push(error));
  client.on("error", () => undefined);
});

afterEach(async () => {
  client.destroy();
  target.destroy();
  await proxy.close();
  server.close();
});

const hear = async (socket: Socket) => String(((await once(socket, "data")) as [Buffer])[0]);

/** Unlike `once`, minds no error before it. */
const closed = (socket: Socket) => new Promise((resolve) => socket.once("close", resolve));

test("passes bytes on, both ways, and notes when the last one went to the target", async () => {
  const before = performance.now();
  expect(proxy.lastForwardedAtMs).toBeNull();
  client.write("to the server");
  expect(await hear(target)).toBe("to the server");
  expect(proxy.lastForwardedAtMs).toBeGreaterThanOrEqual(before);
  const at = proxy.lastForwardedAtMs;
  target.write("to the client");
  expect(await hear(client)).toBe("to the client");
  expect(proxy.lastForwardedAtMs).toBe(at);
});

test("passes a large body on unharmed though the reader is slow", async () => {
  const sent = Buffer.alloc(4_000_000, "x");
  const pieces: Buffer[] = [];
  target.pause();
  client.end(sent);
  setImmediate(() => target.resume());
  target.on("data", (piece) => pieces.push(piece));
  await once(target, "end");
  expect(Buffer.concat(pieces).equals(sent)).toBe(true);
});

test("passes a FIN on as a FIN: the other direction stays open", async () => {
  const ended = once(target, "end");
  target.resume();
  client.end();
  await ended;
  target.write("still here");
  expect(await hear(client)).toBe("still here");
});

test("passes a reset on as a reset", async () => {
  client.write("x");
  await hear(target);
  client.resetAndDestroy();
  await closed(target);
  expect(errors.map(({ code }) => code)).toEqual(["ECONNRESET"]);
});

test("fin: the target sees an orderly end, after all bytes, and one connection is counted", async () => {
  client.write("last words");
  const heard = hear(target);
  const ended = once(target, "end");
  expect(await heard).toBe("last words");
  expect(await proxy.cutter.fin(5000)).toBe(1);
  await ended;
  target.end();
  await closed(target);
  expect(errors).toEqual([]);
});

test("fin: whoever goes on writing learns by a reset that nobody reads any more", async () => {
  client.write("last words");
  await hear(target);
  const ended = once(target, "end");
  expect(await proxy.cutter.fin(5000)).toBe(1);
  await ended;
  const gone = closed(target);
  // The first brings the reset, and one after it is refused.
  const asking = setInterval(() => target.write("anybody there?"), 5);
  await gone;
  clearInterval(asking);
  expect(errors.map(({ code }) => code)).toContainEqual(expect.stringMatching(/^(ECONNRESET|EPIPE)$/));
});

test("reset: the target sees ECONNRESET, and one connection is counted", async () => {
  client.write("x");
  await hear(target);
  const gone = closed(target);
  expect(await proxy.cutter.reset(5000)).toMatchObject({ ended: 1 });
  await gone;
  expect(errors.map(({ code }) => code)).toEqual(["ECONNRESET"]);
});

test("fin and reset count nothing when nothing is open", async () => {
  client.write("x");
  await hear(target);
  await proxy.cutter.reset(5000);
  expect(await proxy.cutter.fin(20)).toBe(0);
  expect(await proxy.cutter.reset(20)).toMatchObject({ ended: 0 });
});

test("swallow: no bytes, no end, no newcomer; it tells what it swallowed", async () => {
  client.write("before");
  await hear(target);
  const heard: string[] = [];
  target.on("data", (bytes) => heard.push(String(bytes)));
  target.on("end", () => heard.push("FIN"));
  target.on("close", () => heard.push("closed"));
  client.on("data", () => heard.push("client heard"));
  proxy.reshape("both", { kind: "swallow" });
  const swallowed = proxy.kept("to-target", 5000);
  const at = proxy.lastForwardedAtMs;
  client.write("after");
  expect(await swallowed).toEqual({ direction: "to-target", bytes: 5 });
  target.write("lost too");
  client.resetAndDestroy();
  await closed(client);
  // Whoever comes later gets no further than the loop that shows that all of that had its chance to be passed on.
  server.on("connection", () => heard.push("a newcomer"));
  const late = connect({ port: proxy.port, host: "127.0.0.1" });
  await once(late, "connect");
  late.write("hello");
  const probe = connect(serverPort(), "127.0.0.1");
  await once(server, "connection");
  late.destroy();
  probe.destroy();
  expect(heard).toEqual(["a newcomer"]);
  expect(proxy.lastForwardedAtMs).toBe(at);
});

test("passedAfter: when a byte or an end was passed on; undefined when nothing comes", async () => {
  const before = performance.now();
  const byte = proxy.passedAfter(proxy.passed, 5000);
  client.write("x");
  expect(await byte).toBeGreaterThanOrEqual(before);
  expect(await proxy.passedAfter(0, 0)).toBe(await byte);
  expect(await proxy.passedAfter(proxy.passed, 20)).toBeUndefined();
  const end = proxy.passedAfter(proxy.passed, 5000);
  client.destroy();
  expect(await end).toBeGreaterThanOrEqual(before);
});

test("passedAfter counts a client's reset, too, and once", async () => {
  client.write("x");
  await hear(target);
  const { passed } = proxy;
  const gone = closed(target);
  client.resetAndDestroy();
  await gone;
  expect(proxy.passed).toBe(passed + 1);
});

test("an end that answers the target's own counts for nothing", async () => {
  const { passed } = proxy;
  client.resume();
  const gone = closed(client);
  target.destroy();
  client.end();
  await gone;
  expect(await proxy.passedAfter(passed, 20)).toBeUndefined();
});

test("allEnded: true when either side ended every connection, false when one stays, or none was there", async () => {
  client.write("x");
  await hear(target);
  expect(await proxy.allEnded(20)).toBe(false);
  const ended = proxy.allEnded(5000);
  target.end();
  expect(await ended).toBe(true);
  await proxy.cutter.reset(20);
  expect(await proxy.allEnded(20)).toBe(false);
});

test("fin: a target that does not read can't be told; the wait for it is bounded", async () => {
  target.pause();
  client.write(Buffer.alloc(20_000_000));
  // Until all buffers on the way are full.
  while ((await proxy.passedAfter(proxy.passed, 200)) !== undefined);
  expect(await proxy.cutter.fin(50)).toBe(0);
});
