/** Least time for attempts alone, in milliseconds. */
const leastMs = 20_000;

/** Time for attempts alone, as a share of the run's time before the first of them. */
const share = 0.4;

/**
 * Time for attempts alone, which run one after the other: 0.4 of the run's time before the first of them, and at least 20 s. A
 * target that refuses many clients would otherwise make a run many times as long.
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
    if (this.#limitMs === Infinity)
      this.#limitMs = Math.max(leastMs, share * (this.#now() - this.#startedMs));
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
