import { once } from "node:events";
import type { Server as HttpServer } from "node:http";
import type { AddressInfo, Server, Socket } from "node:net";
import { withTimeout } from "../../../harness/util/with-timeout.ts";

/** A server of any kind on a free loopback port, for the doctor's own tests. */
export interface RawServer {
  readonly port: number;
  /** Resolves true when no client has a connection to it, false if that is not so within five seconds. */
  readonly isLeft: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** How long clients may take to be gone, in milliseconds. Loopback takes one. */
const leaveLimitMs = 5_000;

/** Has the server listen, and keeps account of who is connected. */
export async function listen(server: Server | HttpServer): Promise<RawServer> {
  const open = new Set<Socket>();
  const connected = new Set<Socket>();
  let changed: () => void = () => undefined;
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => undefined);
    connected.add(socket);
    const leave = () => {
      connected.delete(socket);
      changed();
    };
    // Web servers may keep their own end of it open.
    socket.on("end", leave);
    socket.on("close", () => {
      open.delete(socket);
      leave();
    });
  });
  server.listen(0, "127.0.0.1");
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
