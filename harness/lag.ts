import { setTimeout } from "node:timers/promises";
import { lagAllowanceMs } from "./checks/lateness.ts";

/** How often the event loop's delay is sampled. Short beside every deadline, and under 0.1 % of a core. */
const samplePeriodMs = 10;

/** Measures how late the harness's own event loop runs, all through a run. */
export class LagMeter {
  readonly #now: () => number;
  readonly #samples: { readonly atMs: number; readonly lagMs: number }[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #noting = new Set<(lagMs: number) => void>();
  #dueMs: number;

  /** `now` is the run's clock, in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
    this.#dueMs = now() + samplePeriodMs;
    this.#timer = setInterval(() => this.#sample(), samplePeriodMs);
    this.#timer.unref();
  }

  /** The longest delay that touched the time from `fromMs` on, up to this moment, in milliseconds. */
  maxSinceMs(fromMs: number): number {
    this.#sample();
    // A delay that is noticed after `fromMs` touched it, even if it began before.
    return this.#samples.reduce((max, { atMs, lagMs }) => (atMs >= fromMs ? Math.max(max, lagMs) : max), 0);
  }

  /**
   * Resolves once the event loop has kept its time for a moment, or after half a second at most. Starting many clients
   * at once would hold up those that run; nothing that is on a clock should begin meanwhile.
   */
  async calm(): Promise<void> {
    for (let tries = 0; tries < 10; tries += 1) {
      const sinceMs = this.#now();
      await setTimeout(5 * samplePeriodMs);
      if (this.maxSinceMs(sinceMs) < samplePeriodMs) return;
    }
  }

  medianMs(): number {
    const sorted = this.#samples.map(({ lagMs }) => lagMs).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  }

  /** Calls `note` whenever the event loop was held up for long enough to be put on record. Returns what ends that. */
  onSpike(note: (lagMs: number) => void): () => void {
    this.#noting.add(note);
    return () => void this.#noting.delete(note);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #sample(): void {
    const atMs = this.#now();
    const lagMs = Math.max(0, atMs - this.#dueMs);
    this.#samples.push({ atMs, lagMs });
    this.#dueMs = atMs + samplePeriodMs;
    if (lagMs >= lagAllowanceMs) for (const note of this.#noting) note(lagMs);
  }
}
