import { setTimeout } from "node:timers/promises";
import { lagAllowanceMs } from "../history/lateness.ts";
import type { LagMeter } from "./lag-meter.ts";

/** Time for which a measured delay holds cases back, in milliseconds, and longest pause between two tries to start one. */
const memoryMs = 1_000;

/**
 * Returns how many cases may run side by side: `workers` while the harness is on time, proportionally fewer when it is late,
 * and at least one.
 * @param lagMs the harness's own longest recent delay
 */
export function concurrencyAt(workers: number, lagMs: number): number {
  if (lagMs <= lagAllowanceMs) return workers;
  return Math.max(1, Math.floor((workers * lagAllowanceMs) / lagMs));
}

/** Starts cases one after the other, each when the harness is no longer busy with the start of the previous one. */
export class ConcurrencyLimiter {
  readonly #workers: number;
  readonly #lag: LagMeter;
  readonly #now: () => number;
  #turn = Promise.resolve();
  #running = 0;
  #onFree: () => void = () => undefined;

  constructor(workers: number, lag: LagMeter, now: () => number) {
    this.#workers = workers;
    this.#lag = lag;
    this.#now = now;
  }

  /** Runs `act` when a place is free. */
  async run<T>(act: () => Promise<T>): Promise<T> {
    await (this.#turn = this.#turn.then(() => this.#untilFree()));
    this.#running += 1;
    try {
      return await act();
    } finally {
      this.#running -= 1;
      this.#onFree();
    }
  }

  async #untilFree(): Promise<void> {
    await this.#lag.calm();
    while (this.#running >= concurrencyAt(this.#workers, this.#lag.maxSinceMs(this.#now() - memoryMs))) {
      const aborted = new AbortController();
      const left = new Promise<void>((resolve) => (this.#onFree = resolve));
      const forgotten = setTimeout(memoryMs, undefined, { signal: aborted.signal }).catch(() => undefined);
      await Promise.race([left, forgotten]);
      aborted.abort();
    }
  }
}
