import fc from "fast-check";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { expect, onTestFinished, test } from "vitest";
import { Proxy } from "./proxy.ts";
import { frameBytes, isPong } from "./frame.ts";

/** The examples of RFC 6455, section 5.7. */
test.for([
  ["810548656c6c6f", 7],
  ["818537fa213d7f9f4d5158", 11],
  ["827e0100", 4 + 256],
  ["827f0000000000010000", 10 + 65_536],
] as const)("a WebSocket frame that begins with %s is %d bytes long", ([hex, bytes]) => {
  expect(frameBytes(Buffer.from(hex, "hex"))).toBe(bytes === 4 + 256 ? undefined : bytes);
  expect(frameBytes(Buffer.concat([Buffer.from(hex, "hex"), Buffer.alloc(8)]))).toBe(bytes);
});

test("a TLS record states its length behind its type and version", () => {
  expect(frameBytes(Buffer.from("1703030123ffff", "hex"))).toBe(5 + 0x123);
});

test("too few bytes tell nothing, and no bytes are too strange", () => {
  expect(frameBytes(Buffer.from("8185", "hex"))).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const length = frameBytes(Buffer.from(bytes));
      expect(length === undefined || length >= 2).toBe(true);
    }),
  );
});

test("a client's own pong passes uncounted, and what it says does not", async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const proxy = await Proxy.listen({ host: "127.0.0.1", port }, () => performance.now());
  const client = new WebSocket(`ws://127.0.0.1:${proxy.port}`);
  const [socket] = (await once(server, "connection")) as [WebSocket];
  onTestFinished(async () => {
    client.terminate();
    await proxy.close();
    server.close();
  });
  await once(client, "open");
  const { passed } = proxy;
  const passages = proxy.passages("to-target", 1, 5000);
  socket.ping("are you there?");
  await once(socket, "pong");
  expect(await passages).toHaveLength(1);
  expect(proxy.passed).toBe(passed);
  client.send("I am");
  await once(socket, "message");
  expect(proxy.passed).toBe(passed + 1);
});

test("only a masked pong, whole and alone, is one", () => {
  const pong = Buffer.from("8a82010203040000", "hex");
  expect(isPong(pong)).toBe(true);
  expect(isPong(Buffer.concat([pong, pong]))).toBe(false);
  expect(isPong(pong.subarray(0, 4))).toBe(false);
  expect(isPong(Buffer.from("8a020000", "hex"))).toBe(false);
  expect(isPong(Buffer.from("8982010203040000", "hex"))).toBe(false);
  expect(isPong(Buffer.alloc(0))).toBe(false);
});
