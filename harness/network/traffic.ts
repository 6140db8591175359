import { withTimeout } from "../util/with-timeout.ts";

export type Direction = "to-target" | "from-target";
export type Directions = Direction | "both";

/** Returns true if `direction` is among `directions`. */
export const includes = (directions: Directions, direction: Direction): boolean =>
  directions === "both" || directions === direction;

/** A piece of bytes that the proxy passed on. Times are milliseconds on the case's clock. */
export interface Passage {
  readonly direction: Direction;
  readonly bytes: number;
  readonly arrivedAtMs: number;
  readonly passedAtMs: number;
}

/** A piece that the proxy holds or swallows. */
export interface Kept {
  readonly direction: Direction;
  readonly bytes: number;
}

/** An actor's silence. */
export interface Silence {
  readonly forMs: number;
  /** Number of pieces from the target meanwhile. */
  readonly fromTarget: number;
}

type PieceEvent =
  ({ readonly kind: "passed"; readonly byItself: boolean } & Passage) | ({ readonly kind: "kept" } & Kept);

/** Maximum number of bytes from the target to one actor. It limits the memory of clients, which keep what they receive. */
const bytesMax = 67_108_864;

/** Traffic of one proxy. Waiting callers are notified of each piece, so they need not poll. */
export class Traffic {
  /** Time of the last byte to the target; null before the first. */
  lastForwardedAtMs: number | null = null;
  /** Arrival time of the last piece from the target that went on to the actor; null before the first. */
  lastReceivedAtMs: number | null = null;
  readonly #towardsTargetAtMs: number[] = [];
  readonly #watching = new Set<(seen: PieceEvent) => void>();
  readonly #awaitingPassage = new Set<() => void>();
  readonly #onFlood: (words: string) => void;
  #fromTargetBytes = 0;
  #lost = false;

  /** @param onFlood called once, when the target has sent more bytes than any actor needs */
  constructor(onFlood: (words: string) => void) {
    this.#onFlood = onFlood;
  }

  /** Number of pieces and ends of the actor's that went to the target, without automatic answers such as pongs. */
  get passed(): number {
    return this.#towardsTargetAtMs.length;
  }

  /** Notes that bytes for the target get lost behind the proxy from now on. */
  lose(): void {
    this.#lost = true;
  }

  notePassed(passage: Passage, byItself: boolean): void {
    if (passage.direction === "from-target") {
      this.lastReceivedAtMs = passage.arrivedAtMs;
      const before = this.#fromTargetBytes;
      this.#fromTargetBytes += passage.bytes;
      if (before <= bytesMax && this.#fromTargetBytes > bytesMax)
        this.#onFlood(`more than ${bytesMax} bytes to one actor`);
    } else {
      if (!this.#lost) this.lastForwardedAtMs = passage.passedAtMs;
      if (!byItself) this.#noteTowardsTarget(passage.passedAtMs);
    }
    this.#tell({ kind: "passed", byItself, ...passage });
  }

  noteKept(kept: Kept): void {
    this.#tell({ kind: "kept", ...kept });
  }

  /** Notes that the actor's end of a connection went on to the target. */
  noteEndPassed(atMs: number): void {
    this.#noteTowardsTarget(atMs);
  }

  /** See `Proxy.passedAfter`. */
  async passedAfter(before: number, timeoutMs: number): Promise<number | undefined> {
    if (this.passed <= before) {
      let stop = () => undefined as unknown;
      const next = new Promise<void>((resolve) => {
        this.#awaitingPassage.add(resolve);
        stop = () => this.#awaitingPassage.delete(resolve);
      });
      await withTimeout(timeoutMs, next);
      stop();
    }
    return this.#towardsTargetAtMs[before];
  }

  /** See `Proxy.passages`. */
  async passages(
    direction: Direction,
    count: number,
    timeoutMs: number,
    sinceMs: number,
  ): Promise<Passage[]> {
    const found: Passage[] = [];
    await this.#until(timeoutMs, (seen) => {
      if (seen.kind === "passed" && seen.direction === direction && seen.arrivedAtMs >= sinceMs)
        found.push(seen);
      return found.length >= count;
    });
    return found;
  }

  /** See `Proxy.kept`. */
  async kept(direction: Direction, timeoutMs: number, leastBytes: number): Promise<Kept | undefined> {
    let bytes: number | undefined;
    const isEnough = () => bytes !== undefined && bytes >= leastBytes;
    await this.#until(timeoutMs, (seen) => {
      if (!isEnough() && seen.kind === "kept" && seen.direction === direction)
        bytes = (bytes ?? 0) + seen.bytes;
      return isEnough();
    });
    return bytes === undefined || bytes < leastBytes ? undefined : { direction, bytes };
  }

  /**
   * Waits until the actor has sent nothing for `idleMs`. Automatic answers such as pongs do not count.
   * @returns the silence; undefined if there was none within `timeoutMs`
   */
  async silence(idleMs: number, timeoutMs: number, now: () => number): Promise<Silence | undefined> {
    let sinceMs = now();
    let fromTarget = 0;
    let silence: Silence | undefined;
    let timer: NodeJS.Timeout | undefined;
    let enough = () => undefined as unknown;
    const arm = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        silence = { forMs: now() - sinceMs, fromTarget };
        enough();
      }, idleMs);
    };
    const watch = (seen: PieceEvent) => {
      if (seen.kind !== "passed") return;
      if (seen.direction === "from-target") fromTarget += 1;
      if (seen.direction === "from-target" || seen.byItself) return;
      fromTarget = 0;
      sinceMs = seen.passedAtMs;
      arm();
    };
    this.#watching.add(watch);
    arm();
    await withTimeout(timeoutMs, new Promise<void>((resolve) => (enough = resolve)));
    clearTimeout(timer);
    this.#watching.delete(watch);
    return silence;
  }

  async #until(timeoutMs: number, isEnough: (seen: PieceEvent) => boolean): Promise<void> {
    let watch: ((seen: PieceEvent) => void) | undefined;
    const enough = new Promise<void>((resolve) => {
      this.#watching.add(
        (watch = (seen) => {
          if (isEnough(seen)) resolve();
        }),
      );
    });
    await withTimeout(timeoutMs, enough);
    if (watch !== undefined) this.#watching.delete(watch);
  }

  #noteTowardsTarget(atMs: number): void {
    this.#towardsTargetAtMs.push(atMs);
    for (const go of this.#awaitingPassage) go();
    this.#awaitingPassage.clear();
  }

  #tell(seen: PieceEvent): void {
    for (const watch of [...this.#watching]) watch(seen);
  }
}
