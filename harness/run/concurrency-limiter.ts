import { setTimeout } from "node:timers/promises";
import { lagAllowanceMs } from "../history/lateness.ts";
import type { LagMeter } from "./lag-meter.ts";

/** How long back the harness's delay counts for what may start now, and how long a refusal stands at most. */
const memoryMs = 1_000;

/**
 * How many cases may run side by side: all that are allowed while the harness keeps its time, fewer in proportion as it
 * is late, one at least.
 * @param workers how many are allowed
 * @param lagMs the harness's own longest delay of late
 */
export function sideBySide(workers: number, lagMs: number): number {
  if (lagMs <= lagAllowanceMs) return workers;
  return Math.max(1, Math.floor((workers * lagAllowanceMs) / lagMs));
}

/** Lets cases in one after the other, each when the one before no longer keeps the harness busy. */
export class Pace {
  readonly #workers: number;
  readonly #lag: LagMeter;
  readonly #now: () => number;
  #turn = Promise.resolve();
  #running = 0;
  #onLeave: () => void = () => undefined;

  constructor(workers: number, lag: LagMeter, now: () => number) {
    this.#workers = workers;
    this.#lag = lag;
    this.#now = now;
  }

  /** Runs `act` when it is its turn. */
  async run<T>(act: () => Promise<T>): Promise<T> {
    await (this.#turn = this.#turn.then(() => this.#admission()));
    this.#running += 1;
    try {
      return await act();
    } finally {
      this.#running -= 1;
      this.#onLeave();
    }
  }

  async #admission(): Promise<void> {
    await this.#lag.calm();
    while (this.#running >= sideBySide(this.#workers, this.#lag.maxSinceMs(this.#now() - memoryMs))) {
      const aborted = new AbortController();
      const left = new Promise<void>((resolve) => (this.#onLeave = resolve));
      const forgotten = setTimeout(memoryMs, undefined, { signal: aborted.signal }).catch(() => undefined);
      await Promise.race([left, forgotten]);
      aborted.abort();
    }
  }
}
