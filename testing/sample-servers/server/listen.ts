import { once } from "node:events";
import type { Server as HttpServer } from "node:http";
import type { AddressInfo, Server, Socket } from "node:net";
import { withTimeout } from "../../../harness/util/with-timeout.ts";

/** A server of any kind on a free loopback port. */
export interface ListeningServer {
  readonly port: number;
  /** Resolves true as soon as no client is connected, false after five seconds. */
  readonly isLeft: () => Promise<boolean>;
  /** Cuts every connection and stops listening. */
  readonly close: () => Promise<void>;
}

/** Time for clients to disconnect, in milliseconds. Loopback takes 1 ms. */
const leaveLimitMs = 5_000;

/** Lets a server listen on a loopback port, a free one by default, and counts its clients. */
export async function listen(server: Server | HttpServer, wanted = 0): Promise<ListeningServer> {
  const open = new Set<Socket>();
  const connected = new Set<Socket>();
  let changed: () => void = () => undefined;
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    connected.add(socket);
    socket.on("error", () => undefined);
    const leave = () => {
      connected.delete(socket);
      changed();
    };
    // A web server may keep its own half of the connection open.
    socket.on("end", leave);
    socket.on("close", () => {
      open.delete(socket);
      leave();
    });
  });
  server.listen(wanted, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    isLeft: async () => {
      const left = new Promise<true>((resolve) => {
        changed = () => {
          if (connected.size === 0) resolve(true);
        };
        changed();
      });
      return (await withTimeout(leaveLimitMs, left)) === true;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
