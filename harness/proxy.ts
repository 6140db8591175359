import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { answerSocksRequest, readSocksRequest } from "./socks.ts";

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** One connection through the proxy: `client` is the actor's end, `target` the server's. */
interface Link {
  readonly client: Socket;
  readonly target: Socket;
}

/**
 * A TCP proxy between one actor and the target, in which connections can be cut. It passes bytes on unread, notes
 * when the last one went to the target, and tells of what really reached it. One proxy per actor, since shared ports
 * would mix actors.
 */
export class Proxy {
  readonly port: number;
  readonly #server: Server;
  readonly #target: Address;
  readonly #clients = new Set<Socket>();
  readonly #links = new Set<Link>();
  readonly #now: () => number;
  #swallowing = false;
  #onSwallowed: (() => void) | undefined;
  #lastForwardedAtMs: number | null = null;
  #passed = 0;
  readonly #onPassed = new Set<() => void>();

  private constructor(server: Server, port: number, target: Address, now: () => number) {
    this.#server = server;
    this.port = port;
    this.#target = target;
    this.#now = now;
  }

  /**
   * Listens on a free loopback port. Connections to it go on to `target`.
   * @param now the case's clock, in milliseconds
   * @param socks whether clients say first, by SOCKS 5, where they want to go; anything but the target is refused
   */
  static async listen(target: Address, now: () => number, { socks = false } = {}): Promise<Proxy> {
    const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: socks });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the proxy has no port");
    const proxy = new Proxy(server, address.port, target, now);
    server.on("connection", (client) => {
      proxy.#clients.add(client);
      client.on("close", () => proxy.#clients.delete(client));
      if (socks) void proxy.#greet(client);
      else proxy.#link(client);
    });
    return proxy;
  }

  /** When the last byte went to the target, in milliseconds on the case's clock; null if none did. */
  get lastForwardedAtMs(): number | null {
    return this.#lastForwardedAtMs;
  }

  /** How many pieces and ends of the actor's were passed on to the target so far. */
  get passed(): number {
    return this.#passed;
  }

  /** Resolves true once more than `before` pieces or ends were passed on to the target, false after `timeoutMs`. */
  untilPassed(before: number, timeoutMs: number): Promise<boolean> {
    if (this.#passed > before) return Promise.resolve(true);
    return new Promise((resolve) => {
      const done = (passed: boolean) => {
        clearTimeout(timer);
        this.#onPassed.delete(look);
        resolve(passed);
      };
      const look = () => done(true);
      const timer = setTimeout(() => done(false), timeoutMs);
      this.#onPassed.add(look);
    });
  }

  #notePassed(): void {
    this.#passed += 1;
    for (const look of [...this.#onPassed]) look();
  }

  async #greet(client: Socket): Promise<void> {
    client.on("error", () => client.destroy());
    try {
      const wanted = await readSocksRequest(client);
      const allowed = wanted.host === this.#target.host && wanted.port === this.#target.port;
      answerSocksRequest(client, allowed);
      if (!allowed) return void client.end();
    } catch {
      return void client.destroy();
    }
    this.#link(client);
    client.resume();
  }

  #link(client: Socket): void {
    // Whoever comes when nothing gets through any more gets through no more than the others.
    if (this.#swallowing) return void client.resume();
    const target = connect({ ...this.#target, noDelay: true, allowHalfOpen: true });
    const link = { client, target };
    this.#links.add(link);
    client.on("data", (bytes) => {
      if (this.#swallowing) return this.#onSwallowed?.();
      this.#lastForwardedAtMs = this.#now();
      if (!target.write(bytes)) client.pause();
      this.#notePassed();
    });
    target.on("data", (bytes) => {
      if (!this.#swallowing && !client.write(bytes)) target.pause();
    });
    target.on("drain", () => client.resume());
    client.on("drain", () => target.resume());
    this.#passEnd(client, target);
    this.#passEnd(target, client);
    target.on("close", () => this.#links.delete(link));
    for (const end of ["end", "close"]) {
      client.on(end, () => {
        if (!this.#swallowing) this.#notePassed();
      });
    }
  }

  /** Hands on the end of one side, in kind: FIN for FIN, RST for anything worse. A blackhole keeps it. */
  #passEnd(from: Socket, to: Socket): void {
    from.on("end", () => {
      if (!this.#swallowing) to.end();
    });
    from.on("error", () => {
      if (!this.#swallowing) to.resetAndDestroy();
    });
    from.on("close", () => {
      if (!this.#swallowing && !to.writableEnded) to.destroy();
    });
  }

  /**
   * Ends every connection towards the target with FIN, without a close frame, and stops passing anything on.
   * @returns how many connections were open and have handed their FIN to the network
   */
  async fin(): Promise<number> {
    const open = this.#stop();
    await Promise.all(open.map(({ target }) => new Promise<void>((sent) => target.end(sent))));
    for (const { client } of open) client.destroy();
    return open.length;
  }

  /**
   * Ends every connection towards the target with RST.
   * @returns how many connections were open and are gone
   */
  async reset(): Promise<number> {
    const open = this.#stop();
    const closed = open.map(({ target }) => once(target, "close"));
    for (const { target, client } of open) {
      target.resetAndDestroy();
      client.destroy();
    }
    await Promise.all(closed);
    return open.length;
  }

  /**
   * From now on swallows every byte, both ways, and every end of a connection as well: nobody learns of anything.
   * `onSwallowed` is called for each piece of the actor's that was swallowed.
   */
  blackhole(onSwallowed: () => void): void {
    this.#swallowing = true;
    this.#onSwallowed = onSwallowed;
  }

  /** Closes everything, on both sides. */
  async close(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    for (const { target } of this.#links) target.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #stop(): Link[] {
    this.#swallowing = true;
    return [...this.#links].filter(({ target }) => target.readyState === "open");
  }
}
