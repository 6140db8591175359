import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { limits } from "./limits.ts";
import { Line, type LineListener } from "./line.ts";

const ignore: LineListener = { bytes: () => undefined, ended: () => undefined };

/** A target, the line to it, and the target's end of that line. */
async function open(listener: Partial<LineListener> = {}, receivedBytes = 0) {
  const server = createServer({ noDelay: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const connected = once(server, "connection") as Promise<[Socket]>;
  const to = {
    proxyPort: port,
    target: new URL("http://chat.example/"),
    timeoutMs: 5_000,
    received: { bytes: receivedBytes },
  };
  const line = await Line.open(to, { ...ignore, ...listener });
  const [target] = await connected;
  onTestFinished(() => {
    line.destroy();
    target.destroy();
    server.close();
  });
  return { line, target };
}

async function textOf(socket: Socket): Promise<string> {
  let text = "";
  socket.on("data", (bytes) => (text += String(bytes)));
  await once(socket, "end");
  return text;
}

test("what is written goes out in order, also while something goes out byte by byte", async () => {
  const { line, target } = await open();
  const received = textOf(target);
  await Promise.all([
    line.write("slow", { everyMs: 1 }),
    line.write("fast"),
    line.write("!", { everyMs: 1 }),
  ]);
  line.end();
  expect(await received).toBe("slowfast!");
});

test("with a pace bytes go one by one, and no further than the connection", async () => {
  const { line, target } = await open();
  const arrived = once(target, "data") as Promise<[Buffer]>;
  const written = line.write("ab", { everyMs: 60_000 });
  const next = line.write("c");
  expect(String((await arrived)[0])).toBe("a");
  line.destroy();
  await expect(written).rejects.toThrow();
  await expect(next).rejects.toThrow("the connection is over");
});

test("a client takes in no more than its share, and says so", async () => {
  let end: (error: Error | undefined) => void;
  const ended = new Promise<Error | undefined>((resolve) => (end = resolve));
  const { target } = await open({ ended: (error) => end(error) }, limits.totalBytes - 3);
  target.write("four");
  expect((await ended)?.message).toBe(`the target sent more than ${limits.totalBytes} bytes to one client`);
});

test("a reader that can't go on ends the connection, with its reason", async () => {
  let end: (error: Error | undefined) => void;
  const ended = new Promise<Error | undefined>((resolve) => (end = resolve));
  const bytes = () => {
    throw new Error("that is no SockJS");
  };
  const { target } = await open({ bytes, ended: (error) => end(error) });
  const gone = once(target, "close");
  target.on("error", () => undefined).resume();
  target.write("x");
  expect((await ended)?.message).toBe("that is no SockJS");
  await gone;
});
