import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { connectionOf, knownToSystem, type Connection } from "./connections.ts";
import type { Shape } from "./flow.ts";
import { Link } from "./link.ts";
import { includes, Traffic, type Direction, type Directions, type Kept, type Passage } from "./traffic.ts";
import { within } from "../util/with-timeout.ts";
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

/** A piece that was to be passed on in whole, and was not. */
export interface Cut {
  readonly keptBytes: number;
  readonly ofBytes: number;
  /** How many connections have handed their FIN to the network. */
  readonly ended: number;
  /** When, on the case's clock. */
  readonly atMs: number;
}

export interface Reset {
  /** How many connections were open and are closed. */
  readonly ended: number;
  /** How many of them the system still knew right afterwards; undefined where it does not tell. */
  readonly known: number | undefined;
}

export interface IdleCut extends Pick<Cut, "ended" | "atMs"> {
  readonly idleForMs: number;
  /** How many pieces came from the target in that time. */
  readonly fromTarget: number;
}

export interface ProxyOptions {
  /** Clients say first, by SOCKS 5, where they want to go; anything but the target is refused. */
  readonly socks?: boolean;
  /** Is told when the target sends more than any actor needs. */
  readonly onFlood?: (words: string) => void;
  /** Is told when the target's FIN or RST comes on the only connection that is left, before anybody else ended that. */
  readonly onTargetEnd?: () => void;
}

/** The shortest idle time before a keep-alive probe that systems allow, in milliseconds. */
const probeAfterMs = 1_000;

/** More than a browser's tab opens at once. Those beyond are closed at once. */
const connectionsMax = 64;

/**
 * A TCP proxy between one actor and the target, in which connections can be disturbed and cut. It notes what passes,
 * and tells of what really reached the target. One proxy per actor, since shared ports would mix actors.
 */
export class Proxy {
  readonly port: number;
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
  #hasCut = false;

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
  }

  /**
   * Listens on a free loopback port. Connections to it go on to `target`.
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

  /** When the last byte went to the target, in milliseconds on the case's clock; null if none did. */
  get lastForwardedAtMs(): number | null {
    return this.#traffic.lastForwardedAtMs;
  }

  /**
   * When the target's last piece arrived that the actor can know of, in milliseconds on the case's clock; null if none did.
   */
  get lastReceivedAtMs(): number | null {
    return this.#traffic.lastReceivedAtMs;
  }

  /** How many pieces and ends of the actor's were passed on to the target so far; pongs that can be told are not counted. */
  get passed(): number {
    return this.#traffic.passed;
  }

  /** Whether it has ended a connection that was there, of either side's. */
  get hasCut(): boolean {
    return this.#hasCut;
  }

  /** The open connections through it. */
  get links(): readonly Link[] {
    return [...this.#links].filter(({ isOpen }) => isOpen);
  }

  /** The open connections to the target, as the system knows them. */
  get connections(): readonly Connection[] {
    return this.links.flatMap(({ target }) => connectionOf(target) ?? []);
  }

  /**
   * Waits until more than `before` pieces or ends of the actor's were passed on to the target.
   * @returns when the first of them was, on the case's clock; undefined after `timeoutMs`
   */
  async passedAfter(before: number, timeoutMs: number): Promise<number | undefined> {
    return this.#traffic.passedAfter(before, timeoutMs);
  }

  /** The next `count` pieces that arrive one way from now on and are passed on; fewer if `timeoutMs` is over first. */
  passages(direction: Direction, count: number, timeoutMs: number): Promise<Passage[]> {
    return this.#traffic.passages(direction, count, timeoutMs, this.#now());
  }

  /**
   * What arrives one way next and is held or swallowed: a piece, or as many as have `leastBytes` between them; undefined if
   * that is not so within `timeoutMs`.
   */
  kept(direction: Direction, timeoutMs: number, leastBytes = 0): Promise<Kept | undefined> {
    return this.#traffic.kept(direction, timeoutMs, leastBytes);
  }

  /** Resolves true when every connection that is open now has been ended by either side, false after `timeoutMs`. */
  async allEnded(timeoutMs: number): Promise<boolean> {
    const open = this.links;
    if (open.length === 0) return false;
    const ended = Promise.all(open.map((link) => link.ended)).then(() => true);
    return (await within(timeoutMs, ended)) === true;
  }

  /** From now on what goes these ways goes on in this shape, also on connections that come later. */
  reshape(directions: Directions, shape: Shape): void {
    for (const direction of ["to-target", "from-target"] as const) {
      if (includes(directions, direction)) this.#shapes[direction] = shape;
    }
    for (const link of this.#links) link.reshape(directions, shape);
  }

  /** Everything goes on as before; what was held goes on now. */
  heal(): void {
    this.reshape("both", { kind: "pass" });
  }

  /**
   * Ends every connection towards the target with FIN, without a close frame, and stops passing anything on. What the target
   * sends after that is answered with RST, as by the system of a process that is gone.
   * @returns how many connections have handed their FIN to the network within `timeoutMs`
   */
  async fin(timeoutMs: number): Promise<number> {
    const next = this.untilInUse(timeoutMs);
    if (next !== undefined) await next;
    return this.#finNow(timeoutMs);
  }

  /**
   * Ends the actor's half of every connection with FIN. What the target still sends goes on to the actor.
   * @returns how many connections have handed their FIN to the network within `timeoutMs`
   */
  halfClose(timeoutMs: number): Promise<number> {
    const { links } = this;
    this.#noteCut(links);
    this.reshape("to-target", { kind: "swallow" });
    return sendFin(links, timeoutMs);
  }

  /**
   * Ends every connection towards the target with RST.
   * @param actorLearns false where the actor's own end stays open, and hears nothing any more
   */
  async reset(timeoutMs: number, { actorLearns = true } = {}): Promise<Reset> {
    const next = this.untilInUse(timeoutMs);
    if (next !== undefined) await next;
    const { links, connections } = this;
    this.#noteCut(links);
    this.reshape("both", { kind: "swallow" });
    const closed = links.map(({ target }) => new Promise((resolve) => target.once("close", resolve)));
    for (const { target } of links) target.resetAndDestroy();
    // Before anybody has answered: to a FIN the answer may be such that nothing is left to be known either.
    const known = knownToSystem(connections);
    if (actorLearns) for (const { client } of links) client.destroy();
    const allClosed = (await within(timeoutMs, Promise.all(closed))) !== undefined;
    return { ended: allClosed ? links.length : 0, known: known?.length };
  }

  /**
   * Waits for a piece going that way of which `keep` names a number of bytes, passes on no more of it than that, and
   * ends the connection with FIN, both ways.
   * @returns undefined if no such piece came within `timeoutMs`
   */
  async cut(
    direction: Direction,
    keep: (piece: Buffer) => number | undefined,
    timeoutMs: number,
  ): Promise<Cut | undefined> {
    const cut = new Promise<Cut>((resolve, reject) => {
      const onCut = (sizes: Pick<Cut, "keptBytes" | "ofBytes">) => {
        const atMs = this.#now();
        this.#finNow(timeoutMs).then((ended) => resolve({ ...sizes, ended, atMs }), reject);
      };
      this.reshape(direction, { kind: "cut", keep, onCut });
    });
    return within(timeoutMs, cut);
  }

  /**
   * Ends every connection, both ways, once the actor has said nothing for `idleMs`, as load balancers do. Pongs that can be
   * told do not count.
   * @returns for how long it was silent, and what ended then; undefined if that was not so within `timeoutMs`
   */
  async cutWhenIdle(idleMs: number, timeoutMs: number): Promise<IdleCut | undefined> {
    const silence = await this.#traffic.silence(idleMs, timeoutMs, this.#now);
    if (silence === undefined) return undefined;
    const { forMs: idleForMs, fromTarget } = silence;
    const atMs = this.#now();
    return { idleForMs, fromTarget, atMs, ended: await this.#finNow(timeoutMs) };
  }

  /** From now on what goes to the target gets lost behind the proxy, and nobody else gets through to it. */
  isolate(): void {
    this.#isIsolated = true;
    this.#traffic.lose();
  }

  /**
   * Has the system send a TCP keep-alive probe on each connection to the target: a segment without data, which no application
   * sees. Takes a second and a half, since the system first waits until a connection was idle for a second.
   */
  async probeConnections(): Promise<void> {
    const targets = this.links.map(({ target }) => target);
    for (const target of targets) target.setKeepAlive(true, probeAfterMs);
    await setTimeout(1.5 * probeAfterMs);
    // More probes without an answer would end the proxy's own side.
    for (const target of targets) target.setKeepAlive(false);
  }

  /** Has `undo` called before anything is closed; when that has begun already, at once, and waits for it. */
  async onClose(undo: () => Promise<void>): Promise<void> {
    if (this.#isClosed) await undo();
    else this.#undo.push(undo);
  }

  /** Whether it was closed, or is just being closed. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Closes everything, on both sides. */
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
   * A client that polls may just now ask nothing: waits for its next request, `timeoutMs` at most. Undefined where there is one
   * already, so that nothing else comes between.
   */
  untilInUse(timeoutMs: number): Promise<unknown> | undefined {
    if (this.#isClosed || this.links.some(({ isInUse }) => isInUse)) return undefined;
    return within(timeoutMs, new Promise<void>((resolve) => this.#awaitingUse.push(resolve)));
  }

  async #finNow(timeoutMs: number): Promise<number> {
    const begun = [...this.#links].filter(({ isOpen, target }) => isOpen || target.connecting);
    this.#noteCut(begun);
    this.reshape("both", { kind: "swallow" });
    const ended = await sendFin(begun, timeoutMs);
    for (const { client } of begun) client.destroy();
    // Nobody reads there any more: as the system of a process that is gone does, it answers what still comes with RST.
    for (const { target } of begun) target.once("data", () => target.resetAndDestroy());
    return ended;
  }

  #noteCut(links: readonly Link[]): void {
    this.#hasCut ||= links.length > 0;
    for (const link of links) link.isCut = true;
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
    const tell = () => {
      if (link.isInUse) for (const go of this.#awaitingUse.splice(0)) go();
    };
    target.once("connect", tell);
    client.on("data", tell);
    target.on("close", () => this.#links.delete(link));
  }
}

/** @returns how many have handed their FIN to the network within `timeoutMs` */
async function sendFin(links: readonly Link[], timeoutMs: number): Promise<number> {
  const sent = links.map(({ target }) =>
    within(timeoutMs, new Promise<boolean>((done) => target.end(() => done(target.writableFinished)))),
  );
  return (await Promise.all(sent)).filter((finished) => finished === true).length;
}
