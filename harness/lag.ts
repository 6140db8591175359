import { createHistogram } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { lagAllowanceMs } from "./checks/lateness.ts";
import { measureRoundTrips } from "./round-trip.ts";

/** How often the event loop's delay is sampled. Short beside every deadline, and under 0.1 % of a core. */
const samplePeriodMs = 10;

/** How long single samples are kept: longer than any case takes. */
const memoryMs = 600_000;

/** What of the harness was late: its event loop, or the way through its proxies. */
export type LagSource = "event-loop" | "proxy";

/** The harness's own delays over a run, in milliseconds. */
export interface Lag {
  readonly p50Ms: number;
  readonly maxMs: number;
}

/** Measures how late the harness's own event loop and proxies run, all through a run. */
export class LagMeter {
  readonly #now: () => number;
  readonly #all = { "event-loop": createHistogram(), proxy: createHistogram() };
  #recent: { readonly atMs: number; readonly lagMs: number }[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #noting = new Set<(lagMs: number, source: LagSource) => void>();
  #stopRoundTrips: () => Promise<void> = () => Promise.resolve();
  #dueMs: number;

  private constructor(now: () => number) {
    this.#now = now;
    this.#dueMs = now() + samplePeriodMs;
    this.#timer = setInterval(() => this.#sampleEventLoop(), samplePeriodMs);
    this.#timer.unref();
  }

  /** Starts to measure. `now` is the run's clock, in milliseconds. */
  static async start(now: () => number): Promise<LagMeter> {
    const meter = new LagMeter(now);
    meter.#stopRoundTrips = await measureRoundTrips(now, (lagMs) => meter.#note("proxy", lagMs));
    return meter;
  }

  /** The longest delay, of either kind, that touched the time from `fromMs` on, up to this moment, in milliseconds. */
  maxSinceMs(fromMs: number): number {
    this.#sampleEventLoop();
    // A delay that is noticed after `fromMs` touched it, even if it began before.
    return this.#recent.reduce((max, { atMs, lagMs }) => (atMs >= fromMs ? Math.max(max, lagMs) : max), 0);
  }

  /**
   * Resolves once the event loop has kept its time for a moment, or after half a second at most. Starting many clients
   * at once would hold up those that run; nothing that is on a clock should begin meanwhile.
   */
  async calm(): Promise<void> {
    for (let tries = 0; tries < 25; tries += 1) {
      const sinceMs = this.#now();
      await setTimeout(2 * samplePeriodMs);
      if (this.maxSinceMs(sinceMs) < samplePeriodMs) return;
    }
  }

  /** What was measured so far. */
  summary(source: LagSource): Lag {
    const all = this.#all[source];
    return all.count === 0
      ? { p50Ms: 0, maxMs: 0 }
      : { p50Ms: all.percentile(50) / 1e3, maxMs: all.max / 1e3 };
  }

  /** Calls `note` whenever a delay was long enough to be put on record. Returns what ends that. */
  onSpike(note: (lagMs: number, source: LagSource) => void): () => void {
    this.#noting.add(note);
    return () => void this.#noting.delete(note);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#stopRoundTrips();
  }

  #sampleEventLoop(): void {
    const atMs = this.#now();
    const lagMs = Math.max(0, atMs - this.#dueMs);
    this.#dueMs = atMs + samplePeriodMs;
    this.#note("event-loop", lagMs);
  }

  #note(source: LagSource, lagMs: number): void {
    const atMs = this.#now();
    // A histogram takes whole numbers from 1 on: microseconds.
    this.#all[source].record(Math.max(1, Math.round(lagMs * 1e3)));
    this.#recent.push({ atMs, lagMs });
    if ((this.#recent[0]?.atMs ?? atMs) < atMs - 2 * memoryMs)
      this.#recent = this.#recent.filter((sample) => sample.atMs >= atMs - memoryMs);
    if (lagMs >= lagAllowanceMs) for (const note of this.#noting) note(lagMs, source);
  }
}
