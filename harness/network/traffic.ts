import { within } from "../util/with-timeout.ts";

export type Direction = "to-target" | "from-target";
export type Directions = Direction | "both";

/** Whether what goes one way is among `directions`. */
export const includes = (directions: Directions, direction: Direction): boolean =>
  directions === "both" || directions === direction;

/** One piece of bytes, as the proxy passed it on. Times are milliseconds on the case's clock. */
export interface Passage {
  readonly direction: Direction;
  readonly bytes: number;
  readonly arrivedAtMs: number;
  readonly passedAtMs: number;
}

/** One piece that the proxy read and does not pass on, at least not now. */
export interface Kept {
  readonly direction: Direction;
  readonly bytes: number;
}

/** For how long an actor had been silent. */
export interface Silence {
  readonly forMs: number;
  /** How many pieces came from the target meanwhile. */
  readonly fromTarget: number;
}

type Seen =
  ({ readonly kind: "passed"; readonly byItself: boolean } & Passage) | ({ readonly kind: "kept" } & Kept);

/** No actor needs as many bytes from the target. Clients keep what they are sent; this keeps their memory bounded. */
const bytesMax = 67_108_864;

/** What a proxy saw going through it. Whoever asks is told of the next, so nobody has to look again and again. */
export class Traffic {
  /** When the last byte went to the target; null if none did. */
  lastForwardedAtMs: number | null = null;
  /** When the piece arrived from the target that went on to the actor last; null if none did. */
  lastReceivedAtMs: number | null = null;
  readonly #towardsTargetAtMs: number[] = [];
  readonly #watching = new Set<(seen: Seen) => void>();
  readonly #awaitingPassage = new Set<() => void>();
  readonly #onFlood: (words: string) => void;
  #fromTargetBytes = 0;
  #lost = false;

  /** `onFlood` is told, once, when the target has sent more than any actor needs. */
  constructor(onFlood: (words: string) => void) {
    this.#onFlood = onFlood;
  }

  /** Pieces and ends of the actor's that went on to the target, without what its machine says by itself. */
  get passed(): number {
    return this.#towardsTargetAtMs.length;
  }

  /** From now on what goes to the target gets lost behind the proxy. */
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

  /** The actor's end of a connection went on to the target. */
  noteEndPassed(atMs: number): void {
    this.#noteTowardsTarget(atMs);
  }

  /** As `Proxy.passedAfter`. */
  async passedAfter(before: number, timeoutMs: number): Promise<number | undefined> {
    if (this.passed <= before) {
      let stop = () => undefined as unknown;
      const next = new Promise<void>((resolve) => {
        this.#awaitingPassage.add(resolve);
        stop = () => this.#awaitingPassage.delete(resolve);
      });
      await within(timeoutMs, next);
      stop();
    }
    return this.#towardsTargetAtMs[before];
  }

  /** The next `count` pieces that arrive one way from now on and are passed on; fewer if `timeoutMs` is over first. */
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

  /** As `Proxy.kept`. */
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
   * Waits until the actor has said nothing for `idleMs`; what its machine says by itself does not count.
   * @returns for how long that really was, in milliseconds; undefined if it was not so within `timeoutMs`
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
    const watch = (seen: Seen) => {
      if (seen.kind !== "passed") return;
      if (seen.direction === "from-target") fromTarget += 1;
      if (seen.direction === "from-target" || seen.byItself) return;
      fromTarget = 0;
      sinceMs = seen.passedAtMs;
      arm();
    };
    this.#watching.add(watch);
    arm();
    await within(timeoutMs, new Promise<void>((resolve) => (enough = resolve)));
    clearTimeout(timer);
    this.#watching.delete(watch);
    return silence;
  }

  async #until(timeoutMs: number, isEnough: (seen: Seen) => boolean): Promise<void> {
    let watch: ((seen: Seen) => void) | undefined;
    const enough = new Promise<void>((resolve) => {
      this.#watching.add(
        (watch = (seen) => {
          if (isEnough(seen)) resolve();
        }),
      );
    });
    await within(timeoutMs, enough);
    if (watch !== undefined) this.#watching.delete(watch);
  }

  #noteTowardsTarget(atMs: number): void {
    this.#towardsTargetAtMs.push(atMs);
    for (const go of this.#awaitingPassage) go();
    this.#awaitingPassage.clear();
  }

  #tell(seen: Seen): void {
    for (const watch of [...this.#watching]) watch(seen);
  }
}
