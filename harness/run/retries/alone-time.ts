/** Least time for attempts alone, in milliseconds. */
const leastMs = 30_000;

/**
 * Time for attempts alone, which run one after the other: together as long as the run took before the first of them, and at least half a
 * minute. A target that refuses many clients would otherwise make a run many times as long.
 */
export class AloneTime {
  readonly #now: () => number;
  readonly #startedMs: number;
  #limitMs = Infinity;
  #spentMs = 0;

  /** Starts with the run. `now` is a clock in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
    this.#startedMs = now();
  }

  /** Notes that attempts alone begin. Only the first call counts. */
  begin(): void {
    if (this.#limitMs === Infinity) this.#limitMs = Math.max(leastMs, this.#now() - this.#startedMs);
  }

  /** Notes the duration of an attempt, in milliseconds. */
  spend(ms: number): void {
    this.#spentMs += ms;
  }

  /** True if no other attempt may begin. */
  get isOver(): boolean {
    return this.#spentMs >= this.#limitMs;
  }
}
