import { withTimeout } from "../util/with-timeout.ts";
import { connectionOf, knownToSystem } from "./connections.ts";
import type { Shape } from "./flow.ts";
import type { Link } from "./link.ts";
import type { Direction, Directions, Traffic } from "./traffic.ts";

/** Result of a cut inside a piece of bytes. */
export interface Cut {
  readonly keptBytes: number;
  readonly ofBytes: number;
  /** Number of connections whose FIN the network took. */
  readonly ended: number;
  /** Time of the cut on the case's clock, in milliseconds. */
  readonly atMs: number;
}

/** Result of a reset. */
export interface Reset {
  /** Number of connections that were open and are closed. */
  readonly ended: number;
  /** Number of them that the system still knew right afterwards; undefined if the system does not tell. */
  readonly known: number | undefined;
}

/** Result of a cut after a time without traffic. */
export interface IdleCut extends Pick<Cut, "ended" | "atMs"> {
  readonly idleForMs: number;
  /** Number of pieces from the target in that time. */
  readonly fromTarget: number;
}

/** Parts of a proxy that its cutter uses. */
interface CutProxy {
  /** Connections whose end towards the target is open or connecting. */
  readonly unfinished: () => readonly Link[];
  /** Connections whose end towards the target is open. */
  readonly open: () => readonly Link[];
  readonly reshape: (directions: Directions, shape: Shape) => void;
  readonly untilInUse: (timeoutMs: number) => Promise<unknown> | undefined;
  readonly traffic: Traffic;
  readonly now: () => number;
}

/** Ends the connections of one proxy, in the ways in which networks and processes end them. */
export class ConnectionCutter {
  readonly #proxy: CutProxy;
  #hasCut = false;

  constructor(proxy: CutProxy) {
    this.#proxy = proxy;
  }

  /** True if a connection was ended that was there, on either side. */
  get hasCut(): boolean {
    return this.#hasCut;
  }

  /**
   * Ends every connection to the target with FIN, without a close frame, and passes nothing on. Answers later bytes of the
   * target with RST, as the system of a dead process does.
   * @returns number of connections whose FIN the network took within `timeoutMs`
   */
  async fin(timeoutMs: number): Promise<number> {
    const next = this.#proxy.untilInUse(timeoutMs);
    if (next !== undefined) await next;
    return this.#finNow(timeoutMs);
  }

  /**
   * Ends the actor's half of every connection with FIN. Bytes of the target still go to the actor.
   * @returns number of connections whose FIN the network took within `timeoutMs`
   */
  halfClose(timeoutMs: number): Promise<number> {
    const links = this.#proxy.open();
    this.#noteCut(links);
    this.#proxy.reshape("to-target", { kind: "swallow" });
    return sendFin(links, timeoutMs);
  }

  /**
   * Ends every connection to the target with RST.
   * @param actorLearns false to keep the actor's own side open, without further bytes
   */
  async reset(timeoutMs: number, { actorLearns = true } = {}): Promise<Reset> {
    const next = this.#proxy.untilInUse(timeoutMs);
    if (next !== undefined) await next;
    const links = this.#proxy.open();
    const connections = links.flatMap(({ target }) => connectionOf(target) ?? []);
    this.#noteCut(links);
    this.#proxy.reshape("both", { kind: "swallow" });
    const closed = links.map(({ target }) => new Promise((resolve) => target.once("close", resolve)));
    for (const { target } of links) target.resetAndDestroy();
    // Asks the system at once: after the target's answer to a FIN, too, nothing may be left to know.
    const known = knownToSystem(connections);
    if (actorLearns) for (const { client } of links) client.destroy();
    const allClosed = withTimeout(timeoutMs, Promise.all(closed));
    const [isClosed, stillKnown] = await Promise.all([allClosed, known]);
    return { ended: isClosed === undefined ? 0 : links.length, known: stillKnown?.length };
  }

  /**
   * Waits for a piece in one direction for which `keep` returns a number of bytes. Passes only these bytes on, and ends all
   * connections with FIN, both ways.
   * @returns undefined if no such piece came within `timeoutMs`
   */
  async cut(
    direction: Direction,
    keep: (piece: Buffer) => number | undefined,
    timeoutMs: number,
  ): Promise<Cut | undefined> {
    const cut = new Promise<Cut>((resolve, reject) => {
      const onCut = (sizes: Pick<Cut, "keptBytes" | "ofBytes">) => {
        const atMs = this.#proxy.now();
        this.#finNow(timeoutMs).then((ended) => resolve({ ...sizes, ended, atMs }), reject);
      };
      this.#proxy.reshape(direction, { kind: "cut", keep, onCut });
    });
    return withTimeout(timeoutMs, cut);
  }

  /**
   * Ends every connection, both ways, after the actor has sent nothing for `idleMs`, as load balancers do. Recognisable
   * pongs do not count.
   * @returns undefined if the actor was not silent that long within `timeoutMs`
   */
  async cutWhenIdle(idleMs: number, timeoutMs: number): Promise<IdleCut | undefined> {
    const silence = await this.#proxy.traffic.silence(idleMs, timeoutMs, this.#proxy.now);
    if (silence === undefined) return undefined;
    const { forMs: idleForMs, fromTarget } = silence;
    const atMs = this.#proxy.now();
    return { idleForMs, fromTarget, atMs, ended: await this.#finNow(timeoutMs) };
  }

  async #finNow(timeoutMs: number): Promise<number> {
    const links = this.#proxy.unfinished();
    this.#noteCut(links);
    this.#proxy.reshape("both", { kind: "swallow" });
    const ended = await sendFin(links, timeoutMs);
    for (const { client } of links) client.destroy();
    // Nothing reads there any more. The system of a dead process answers further bytes with RST.
    for (const { target } of links) target.once("data", () => target.resetAndDestroy());
    return ended;
  }

  #noteCut(links: readonly Link[]): void {
    this.#hasCut ||= links.length > 0;
    for (const link of links) link.isCut = true;
  }
}

/** @returns number of connections whose FIN the network took within `timeoutMs` */
async function sendFin(links: readonly Link[], timeoutMs: number): Promise<number> {
  const sent = links.map(({ target }) =>
    withTimeout(timeoutMs, new Promise<boolean>((done) => target.end(() => done(target.writableFinished)))),
  );
  return (await Promise.all(sent)).filter((finished) => finished === true).length;
}
