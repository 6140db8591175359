import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { Proxy, type ProxyOptions } from "../../harness/network/proxy.ts";

/** A connection through a proxy. */
export interface Proxied {
  readonly proxy: Proxy;
  /** Actor's end of the connection. */
  readonly client: Socket;
  /** Server's end of the connection. */
  readonly target: Socket;
}

/** Connects to a server through a proxy, and closes everything after the test. */
export async function proxied(options: ProxyOptions = {}): Promise<Proxied> {
  const server = createServer({ allowHalfOpen: true });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const proxy = await Proxy.listen(
    { host: "127.0.0.1", port: address.port },
    () => performance.now(),
    options,
  );
  const accepted = once(server, "connection");
  const client = connect({ port: proxy.port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
  const [target] = (await accepted) as [Socket];
  target.setNoDelay(true);
  for (const socket of [client, target]) socket.on("error", () => undefined);
  // A byte each way shows that the proxy's own connection is open.
  const bothHeard = Promise.all([hear(target), hear(client)]);
  client.write("?");
  target.write("!");
  await bothHeard;
  onTestFinished(async () => {
    client.destroy();
    target.destroy();
    await proxy.close();
    server.close();
  });
  return { proxy, client, target };
}

/** Returns the next data that the socket receives. */
export const hear = async (socket: Socket): Promise<string> =>
  String(((await once(socket, "data")) as [Buffer])[0]);

/** Returns the data that the socket receives up to a number of bytes, or its end. */
export async function hearAll(socket: Socket, bytes = Infinity): Promise<string> {
  let heard = "";
  return new Promise((resolve) => {
    socket.on("data", (piece) => {
      heard += String(piece);
      if (heard.length >= bytes) resolve(heard);
    });
    socket.once("end", () => resolve(heard));
  });
}

/** Returns the end of the socket: FIN, or the error's code. */
export async function endOf(socket: Socket): Promise<string> {
  socket.resume();
  return new Promise((resolve) => {
    socket.once("end", () => resolve("FIN"));
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}
