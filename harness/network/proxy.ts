import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { withTimeout } from "../util/with-timeout.ts";
import type { Address } from "./address.ts";
import { ConnectionCutter } from "./connection-cutter.ts";
import { connectionOf, type Connection } from "./connections.ts";
import type { Shape } from "./flow.ts";
import { Link } from "./link.ts";
import { answerSocksRequest, readSocksRequest } from "./socks.ts";
import { includes, Traffic, type Direction, type Directions, type Kept, type Passage } from "./traffic.ts";

export interface ProxyOptions {
  /** Lets clients name their destination by SOCKS 5. Destinations other than the target are refused. */
  readonly socks?: boolean;
  /** Called when the target sends more bytes than any actor needs. */
  readonly onFlood?: (words: string) => void;
  /** Called when the target ends the last connection with FIN or RST, before the actor or the proxy ended it. */
  readonly onTargetEnd?: () => void;
}

/** Shortest idle time before a TCP keep-alive probe that systems allow, in milliseconds. */
const probeAfterMs = 1_000;

/** Maximum number of connections, more than a browser's tab opens at once. Further ones are closed at once. */
const connectionsMax = 64;

/**
 * TCP proxy between one actor and the target. It can disturb and cut connections, and notes the bytes that pass. Each
 * actor has its own, because a shared port would mix actors.
 */
export class Proxy {
  readonly port: number;
  /** Ends connections. */
  readonly cutter: ConnectionCutter;
  readonly #server: Server;
  readonly #target: Address;
  readonly #clients = new Set<Socket>();
  readonly #links = new Set<Link>();
  readonly #now: () => number;
  readonly #traffic: Traffic;
  readonly #shapes: Record<Direction, Shape> = {
    "to-target": { kind: "pass" },
    "from-target": { kind: "pass" },
  };
  readonly #awaitingUse: (() => void)[] = [];
  readonly #undo: (() => Promise<void>)[] = [];
  readonly #onTargetEnd: () => void;
  #isIsolated = false;
  #isClosed = false;

  private constructor(
    server: Server,
    port: number,
    target: Address,
    now: () => number,
    options: ProxyOptions,
  ) {
    this.#server = server;
    this.port = port;
    this.#target = target;
    this.#now = now;
    this.#traffic = new Traffic(options.onFlood ?? (() => undefined));
    this.#onTargetEnd = options.onTargetEnd ?? (() => undefined);
    this.cutter = new ConnectionCutter({
      unfinished: () => [...this.#links].filter(({ isOpen, target: { connecting } }) => isOpen || connecting),
      open: () => this.links,
      reshape: (directions, shape) => this.reshape(directions, shape),
      untilInUse: (timeoutMs) => this.untilInUse(timeoutMs),
      traffic: this.#traffic,
      now,
    });
  }

  /**
   * Listens on a free loopback port, and forwards connections to `target`.
   * @param now the case's clock, in milliseconds
   */
  static async listen(target: Address, now: () => number, options: ProxyOptions = {}): Promise<Proxy> {
    const { socks = false } = options;
    const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: socks });
    server.maxConnections = connectionsMax;
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the proxy has no port");
    const proxy = new Proxy(server, address.port, target, now, options);
    server.on("connection", (client) => {
      proxy.#clients.add(client);
      client.on("close", () => proxy.#clients.delete(client));
      if (socks) void proxy.#greet(client);
      else proxy.#link(client);
    });
    return proxy;
  }

  /** Time of the last byte to the target, in milliseconds on the case's clock; null before the first. */
  get lastForwardedAtMs(): number | null {
    return this.#traffic.lastForwardedAtMs;
  }

  /** Arrival time of the last piece from the target that went on to the actor, on the case's clock; null before the first. */
  get lastReceivedAtMs(): number | null {
    return this.#traffic.lastReceivedAtMs;
  }

  /** Number of pieces and ends of the actor's that went to the target. Recognisable pongs do not count. */
  get passed(): number {
    return this.#traffic.passed;
  }

  /** The open connections through the proxy. */
  get links(): readonly Link[] {
    return [...this.#links].filter(({ isOpen }) => isOpen);
  }

  /** The open connections to the target, as the system knows them. */
  get connections(): readonly Connection[] {
    return this.links.flatMap(({ target }) => connectionOf(target) ?? []);
  }

  /**
   * Waits until more than `before` pieces or ends of the actor's went to the target.
   * @returns time of the first of them on the case's clock; undefined after `timeoutMs`
   */
  async passedAfter(before: number, timeoutMs: number): Promise<number | undefined> {
    return this.#traffic.passedAfter(before, timeoutMs);
  }

  /** Returns the next `count` pieces that arrive in one direction and are passed on; fewer after `timeoutMs`. */
  passages(direction: Direction, count: number, timeoutMs: number): Promise<Passage[]> {
    return this.#traffic.passages(direction, count, timeoutMs, this.#now());
  }

  /**
   * Returns the next piece in one direction that is held or swallowed, or as many pieces as have `leastBytes` together;
   * undefined after `timeoutMs`.
   */
  kept(direction: Direction, timeoutMs: number, leastBytes = 0): Promise<Kept | undefined> {
    return this.#traffic.kept(direction, timeoutMs, leastBytes);
  }

  /** Resolves true when either side has ended each connection that is open now, false after `timeoutMs`. */
  async allEnded(timeoutMs: number): Promise<boolean> {
    const open = this.links;
    if (open.length === 0) return false;
    const ended = Promise.all(open.map((link) => link.ended)).then(() => true);
    return (await withTimeout(timeoutMs, ended)) === true;
  }

  /** Sets the shape of the given directions, also for later connections. */
  reshape(directions: Directions, shape: Shape): void {
    for (const direction of ["to-target", "from-target"] as const) {
      if (includes(directions, direction)) this.#shapes[direction] = shape;
    }
    for (const link of this.#links) link.reshape(directions, shape);
  }

  /** Passes everything on again. Held bytes go on now. */
  heal(): void {
    this.reshape("both", { kind: "pass" });
  }

  /** Loses everything for the target behind the proxy from now on. No later connection gets through. */
  isolate(): void {
    this.#isIsolated = true;
    this.#traffic.lose();
  }

  /**
   * Has the system send a TCP keep-alive probe on each connection to the target: a segment without data, invisible to
   * applications. Takes 1.5 seconds, because the system waits until a connection was idle for one.
   */
  async probeConnections(): Promise<void> {
    const targets = this.links.map(({ target }) => target);
    for (const target of targets) target.setKeepAlive(true, probeAfterMs);
    await setTimeout(1.5 * probeAfterMs);
    // Several unanswered probes would end the proxy's own side.
    for (const target of targets) target.setKeepAlive(false);
  }

  /** Registers `undo` to run before the proxy closes anything. Runs it at once if the proxy is closing. */
  async onClose(undo: () => Promise<void>): Promise<void> {
    if (this.#isClosed) await undo();
    else this.#undo.push(undo);
  }

  /** True if the proxy is closed or closing. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Closes all connections, on both sides. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const undone = await Promise.allSettled(this.#undo.map((undo) => undo()));
    for (const client of this.#clients) client.destroy();
    for (const { target } of this.#links) target.destroy();
    this.#server.close();
    await once(this.#server, "close");
    const failed = undone.find((result) => result.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  /**
   * Waits for the next request of a client that polls and has none open, `timeoutMs` at most. Returns undefined if a
   * request is open, so that the caller can act in the same turn.
   */
  untilInUse(timeoutMs: number): Promise<unknown> | undefined {
    if (this.#isClosed || this.links.some(({ isInUse }) => isInUse)) return undefined;
    return withTimeout(timeoutMs, new Promise<void>((resolve) => this.#awaitingUse.push(resolve)));
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
    // A later connection gets through no more than the earlier ones.
    if (this.#isIsolated || this.#shapes["to-target"].kind === "swallow") {
      client.on("error", () => client.destroy());
      client.on("data", ({ length: bytes }) => this.#traffic.noteKept({ direction: "to-target", bytes }));
      return;
    }
    const target = connect({ ...this.#target, noDelay: true, allowHalfOpen: true });
    const link: Link = new Link(client, target, this.#shapes, this.#traffic, this.#now, () => {
      const isLast = this.links.every((other) => other === link);
      if (isLast && !this.#isClosed) this.#onTargetEnd();
    });
    this.#links.add(link);
    const noteUse = () => {
      if (link.isInUse) for (const resume of this.#awaitingUse.splice(0)) resume();
    };
    target.once("connect", noteUse);
    client.on("data", noteUse);
    target.on("close", () => this.#links.delete(link));
  }
}
