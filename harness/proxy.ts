import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

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
  readonly #links = new Set<Link>();
  readonly #now: () => number;
  #swallowing = false;
  #onSwallowed: (() => void) | undefined;
  #lastForwardedAtMs: number | null = null;
  #passed = 0;
  readonly #onPassed = new Set<() => void>();

  private constructor(server: Server, port: number, now: () => number) {
    this.#server = server;
    this.port = port;
    this.#now = now;
  }

  /** Listens on a free loopback port. Connections to it go on to `target`. `now` is the case's clock. */
  static async listen(target: { host: string; port: number }, now: () => number): Promise<Proxy> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the proxy has no port");
    const proxy = new Proxy(server, address.port, now);
    server.on("connection", (client) => proxy.#link(client, target));
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

  #link(client: Socket, to: { host: string; port: number }): void {
    const target = connect({ ...to, noDelay: true, allowHalfOpen: true });
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
    for (const { client, target } of this.#links) {
      client.destroy();
      target.destroy();
    }
    this.#server.close();
    await once(this.#server, "close");
  }

  #stop(): Link[] {
    this.#swallowing = true;
    return [...this.#links].filter(({ target }) => target.readyState === "open");
  }
}
