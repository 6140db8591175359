/** Least time for attempts alone, in milliseconds. */
const leastMs = 30_000;

/**
 * Time for attempts alone, which run one after the other: as long as the run took before them, and at least half a minute. A target
 * that refuses many clients would otherwise make a run many times as long.
 */
export class AloneTime {
  readonly #now: () => number;
  readonly #startedMs: number;
  #untilMs = Infinity;

  /** Starts with the run. `now` is a clock in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
    this.#startedMs = now();
  }

  /** Notes that attempts alone begin. Only the first call counts. */
  begin(): void {
    if (this.#untilMs !== Infinity) return;
    const nowMs = this.#now();
    this.#untilMs = nowMs + Math.max(leastMs, nowMs - this.#startedMs);
  }

  get isOver(): boolean {
    return this.#now() >= this.#untilMs;
  }
}
