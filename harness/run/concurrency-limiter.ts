import { setTimeout } from "node:timers/promises";
import { lagAllowanceMs } from "../history/lateness.ts";
import type { LagMeter } from "./lag-meter.ts";

/** Time for which a measured delay holds cases back, in milliseconds, and longest pause between two tries to start one. */
const memoryMs = 300;

/** The same for a delay of the target, which is measured less often. */
const targetMemoryMs = 600;

/** Maximum number of cases that have begun and not ended. It limits the number of open connections. */
const openMax = 256;

/**
 * Returns how many cases may act side by side: `workers` while the harness is on time, proportionally fewer when it is late,
 * and at least one.
 * @param lagMs the longest recent delay of the harness, or of the target
 */
export function concurrencyAt(workers: number, lagMs: number): number {
  if (lagMs <= lagAllowanceMs) return workers;
  return Math.max(1, Math.floor((workers * lagAllowanceMs) / lagMs));
}

/** A case's place among those that act side by side. */
export interface Place {
  /** Carries out a wait. Another case may take the place meanwhile. */
  readonly rest: <T>(wait: () => Promise<T>) => Promise<T>;
}

/** Limits the number of cases that act at the same time. A case that only waits does not count. */
export class ConcurrencyLimiter {
  readonly #workers: number;
  /** Maximum number while a calm case runs. */
  readonly #calmWorkers: number;
  readonly #lag: LagMeter;
  readonly #signal: AbortSignal | undefined;
  readonly #starting: (() => void)[] = [];
  /** Cases whose wait is over. They go before cases that have not begun. */
  readonly #resuming: (() => void)[] = [];
  /** Calm cases that have not begun. They start when no other case is left to start, and many of those only wait. */
  readonly #calm: (() => void)[] = [];
  #acting = 0;
  #open = 0;
  #calmOpen = 0;
  #isAdmitting = false;
  #onFree: () => void = () => undefined;

  /**
   * @param signal after its abort, cases begin without a pause, since they do nothing
   * @param calmWorkers maximum number of cases that act while a calm one runs or waits
   */
  constructor(workers: number, lag: LagMeter, signal?: AbortSignal, calmWorkers = workers) {
    this.#workers = workers;
    this.#calmWorkers = Math.min(workers, calmWorkers);
    this.#lag = lag;
    this.#signal = signal;
  }

  /**
   * Runs `act` when a place is free. Cases start one by one. Before each start it waits up to a tenth of a second for a calm event
   * loop.
   * @param how keepsPlace: no other case may run beside it, not even while it waits. isCalm: see `calmWorkers`
   */
  async run<T>(
    act: (place: Place) => Promise<T>,
    { keepsPlace = this.#workers === 1, isCalm = false } = {},
  ): Promise<T> {
    await this.#admitted(isCalm ? this.#calm : this.#starting);
    this.#open += 1;
    if (isCalm) this.#calmOpen += 1;
    // Waits may overlap or contain each other, and one may outlast a case that was stopped.
    let waits = 0;
    let isOver = false;
    const rest = async <R>(wait: () => Promise<R>): Promise<R> => {
      if ((waits += 1) === 1) this.#free();
      try {
        return await wait();
      } finally {
        if ((waits -= 1) === 0 && !isOver) await this.#admitted(this.#resuming);
      }
    };
    try {
      return await act({ rest: keepsPlace ? (wait) => wait() : rest });
    } finally {
      isOver = true;
      this.#open -= 1;
      if (isCalm) this.#calmOpen -= 1;
      if (waits === 0) this.#free();
      else void this.#admit();
    }
  }

  #free(): void {
    this.#acting -= 1;
    this.#onFree();
    void this.#admit();
  }

  #admitted(queue: (() => void)[]): Promise<void> {
    const admitted = new Promise<void>((resolve) => queue.push(resolve));
    void this.#admit();
    return admitted;
  }

  async #admit(): Promise<void> {
    if (this.#isAdmitting) return;
    this.#isAdmitting = true;
    try {
      for (let queue = this.#nextQueue(); queue !== undefined; queue = this.#nextQueue()) {
        if (this.#acting >= this.#limit(queue === this.#calm)) {
          await this.#untilFree();
          continue;
        }
        if (queue !== this.#resuming && this.#signal?.aborted !== true) await this.#lag.calm();
        const next = this.#nextQueue()?.shift();
        if (next === undefined) continue;
        this.#acting += 1;
        next();
        // The admitted case counts as open before the next one is considered.
        await Promise.resolve();
      }
    } finally {
      this.#isAdmitting = false;
    }
  }

  #nextQueue(): (() => void)[] | undefined {
    if (this.#resuming.length > 0) return this.#resuming;
    const queue = this.#starting.length > 0 ? this.#starting : this.#calm;
    return queue.length > 0 && this.#open < openMax ? queue : undefined;
  }

  #limit(isCalm: boolean): number {
    const nowMs = performance.now();
    return concurrencyAt(
      isCalm || this.#calmOpen > 0 ? this.#calmWorkers : this.#workers,
      Math.max(this.#lag.maxSinceMs(nowMs - memoryMs), this.#lag.targetSinceMs(nowMs - targetMemoryMs)),
    );
  }

  async #untilFree(): Promise<void> {
    const aborted = new AbortController();
    const left = new Promise<void>((resolve) => (this.#onFree = resolve));
    const forgotten = setTimeout(memoryMs, undefined, { signal: aborted.signal }).catch(() => undefined);
    await Promise.race([left, forgotten]);
    aborted.abort();
  }
}
