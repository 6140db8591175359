import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { answerSocksRequest, readSocksRequest } from "./socks.ts";

export interface Address {
  readonly host: string;
  readonly port: number;
}

const defaultPorts: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/** Where a URL's server listens. */
export function addressOf({ hostname, port, protocol }: URL): Address {
  return {
    // A URL writes an IPv6 address in brackets; a socket does not.
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(port === "" ? defaultPorts[protocol] : port),
  };
}

/** One connection through the proxy: `client` is the actor's end, `target` the server's. */
interface Link {
  readonly client: Socket;
  readonly target: Socket;
  /** Resolves when either side has ended it. */
  readonly ended: Promise<void>;
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
  readonly #passedAtMs: number[] = [];
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
    return this.#passedAtMs.length;
  }

  /**
   * Waits until more than `before` pieces or ends of the actor's were passed on to the target.
   * @returns when the first of them was, on the case's clock; undefined after `timeoutMs`
   */
  async passedAfter(before: number, timeoutMs: number): Promise<number | undefined> {
    if (this.passed <= before) {
      await within(timeoutMs, new Promise<void>((resolve) => this.#onPassed.add(resolve)));
    }
    return this.#passedAtMs[before];
  }

  /** Resolves true when every connection that is open now has been ended by either side, false after `timeoutMs`. */
  async allEnded(timeoutMs: number): Promise<boolean> {
    const open = this.#open();
    if (open.length === 0) return false;
    return within(
      timeoutMs,
      Promise.all(open.map(({ ended }) => ended)).then(() => true),
    ).then((ended) => ended === true);
  }

  #notePassed(): void {
    this.#passedAtMs.push(this.#now());
    for (const look of this.#onPassed) look();
    this.#onPassed.clear();
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
    const ended = Promise.race([
      new Promise<void>((resolve) => client.once("end", resolve).once("close", () => resolve())),
      new Promise<void>((resolve) => target.once("end", resolve).once("close", () => resolve())),
    ]);
    this.#links.add({ client, target, ended });
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
    this.#noteEnd(client, target);
    this.#passEnd(client, target);
    this.#passEnd(target, client);
    target.on("close", () => {
      for (const link of this.#links) if (link.target === target) this.#links.delete(link);
    });
  }

  /** The actor's end counts as passed on, unless it answers the target's own. */
  #noteEnd(client: Socket, target: Socket): void {
    let over = false;
    for (const end of ["end", "close"]) target.once(end, () => (over = true));
    for (const end of ["end", "error", "close"]) {
      client.once(end, () => {
        if (!over && !this.#swallowing) this.#notePassed();
        over = true;
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
   * @returns how many connections were open and have handed their FIN to the network within `timeoutMs`
   */
  async fin(timeoutMs: number): Promise<number> {
    const open = this.#open();
    this.#swallowing = true;
    const sent = open.map(({ target }) =>
      within(timeoutMs, new Promise<boolean>((done) => target.end(() => done(target.writableFinished)))),
    );
    const finished = (await Promise.all(sent)).filter((ok) => ok === true);
    for (const { client } of open) client.destroy();
    return finished.length;
  }

  /**
   * Ends every connection towards the target with RST.
   * @returns how many connections were open and are gone
   */
  async reset(): Promise<number> {
    const open = this.#open();
    this.#swallowing = true;
    const closed = open.map(({ target }) => new Promise((resolve) => target.once("close", resolve)));
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

  #open(): Link[] {
    return [...this.#links].filter(({ target }) => target.readyState === "open");
  }
}

/** What the promise gives, or undefined after `timeoutMs`. */
async function within<T>(timeoutMs: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<undefined>(
    (resolve) => (timer = setTimeout(() => resolve(undefined), timeoutMs)),
  );
  try {
    return await Promise.race([promise, expired]);
  } finally {
    clearTimeout(timer);
  }
}
