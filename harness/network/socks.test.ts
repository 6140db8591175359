import { once } from "node:events";
import { connect, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { Proxy } from "./proxy.ts";

/** A target that says what it hears, and a proxy to it that wants SOCKS. */
async function setting(host = "127.0.0.1") {
  const server = createServer((socket) => socket.pipe(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const proxy = await Proxy.listen({ host, port: address.port }, () => 0, { socks: true });
  const client = connect(proxy.port, "127.0.0.1");
  client.on("error", () => undefined);
  onTestFinished(async () => {
    client.destroy();
    await proxy.close();
    server.close();
  });
  const say = (...bytes: number[]) => client.write(Buffer.from(bytes));
  const hear = async () => [...((await once(client, "data")) as [Buffer])[0]];
  const portBytes = [address.port >> 8, address.port & 255] as const;
  return { client, say, hear, portBytes, proxy };
}

const ok = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0];
const refused = [5, 2, 0, 1, 0, 0, 0, 0, 0, 0];

test("an IPv4 address, a name: the client gets through to the target, and its bytes with it", async () => {
  const { client, say, hear, portBytes } = await setting();
  say(5, 2, 0, 2);
  expect(await hear()).toEqual([5, 0]);
  say(5, 1, 0, 1, 127, 0, 0, 1, ...portBytes);
  expect(await hear()).toEqual(ok);
  client.write("hello");
  expect(String(Buffer.from(await hear()))).toBe("hello");
});

test("bytes that come one by one, or all at once, are the same request", async () => {
  const { client, say, hear, portBytes } = await setting("localhost");
  for (const byte of [5, 1, 0]) say(byte);
  expect(await hear()).toEqual([5, 0]);
  client.write(
    Buffer.concat([
      Buffer.from([5, 1, 0, 3, 9]),
      Buffer.from("localhost"),
      Buffer.from(portBytes),
      Buffer.from("x"),
    ]),
  );
  const heard = await hear();
  expect(heard.slice(0, 10)).toEqual(ok);
  expect(heard[10] ?? (await hear())[0]).toBe("x".charCodeAt(0));
});

test("an IPv6 address is read in its short form", async () => {
  const { say, hear, portBytes } = await setting("::1");
  say(5, 1, 0);
  await hear();
  say(5, 1, 0, 4, ...new Uint8Array(15), 1, ...portBytes);
  expect(await hear()).toEqual(ok);
});

test("another host or another port than the target's is refused", async () => {
  for (const other of [
    [127, 0, 0, 2, "own port"],
    [127, 0, 0, 1, "other port"],
  ] as const) {
    const { client, say, hear, portBytes } = await setting();
    const [a, b, c, d, port] = other;
    say(5, 1, 0);
    await hear();
    const closed = once(client, "end");
    say(5, 1, 0, 1, a, b, c, d, ...(port === "own port" ? portBytes : [0, 1]));
    expect(await hear()).toEqual(refused);
    await closed;
  }
});

test("what is no SOCKS is hung up on", async () => {
  const { client } = await setting();
  client.resume();
  const closed = new Promise((resolve) => client.on("close", resolve));
  client.write("GET / HTTP/1.1\r\n\r\n");
  await closed;
});
