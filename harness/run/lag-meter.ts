import type { Lag } from "../judge/record.ts";
import { createHistogram } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { lagAllowanceMs } from "../history/lateness.ts";
import { measureRoundTrips } from "../network/round-trip.ts";

/** How often the event loop's delay is sampled. Short beside every deadline, and under 0.1 % of a core. */
const samplePeriodMs = 10;

/** How long single samples are kept: longer than any case takes. */
const memoryMs = 600_000;

/** A shorter delay of one sample is the timer's own, in milliseconds. */
const timerErrorMs = 2;

/** Over how long delays are added up that are too short to be put on record each by itself, in milliseconds. */
const sumOverMs = 500;

/** As much of that, in milliseconds, is put on record: less than 5 % delays no leave noticeably. */
const sumLeastMs = 25;

/** What of the harness was late: its event loop, or the way through its proxies. */
export type LagSource = "event-loop" | "proxy";

/** Delays that are put on record together: the longest of them, and of the event loop their sum over a while. */
export interface NotedLag {
  readonly source: LagSource;
  readonly lagMs: number;
  readonly sumMs?: number;
  readonly overMs?: number;
}

/** Measures how late the harness's own event loop and proxies run, all through a run. */
export class LagMeter {
  readonly #now: () => number;
  readonly #all = { "event-loop": createHistogram(), proxy: createHistogram() };
  #recent: { readonly atMs: number; readonly lagMs: number }[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #noting = new Set<(noted: NotedLag) => void>();
  #sum: { sinceMs: number; sumMs: number; longestMs: number };
  #stopRoundTrips: () => Promise<void> = () => Promise.resolve();
  #dueMs: number;

  private constructor(now: () => number) {
    this.#now = now;
    this.#dueMs = now() + samplePeriodMs;
    this.#sum = { sinceMs: now(), sumMs: 0, longestMs: 0 };
    this.#timer = setInterval(() => this.#sampleEventLoop(), samplePeriodMs);
    this.#timer.unref();
  }

  /** Starts to measure. `now` is the run's clock, in milliseconds. */
  static async start(now: () => number): Promise<LagMeter> {
    const meter = new LagMeter(now);
    meter.#stopRoundTrips = await measureRoundTrips(now, (lagMs) => {
      meter.#note("proxy", lagMs);
      if (lagMs >= lagAllowanceMs) meter.#tell({ source: "proxy", lagMs });
    });
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

  /**
   * Calls `note` whenever delays were long enough to be put on record: one by itself, or many that add up, as each step of a
   * notice's way waits for a turn of the event loop.
   * @returns what ends that, and has noted what has added up until then
   */
  onLag(note: (noted: NotedLag) => void): () => void {
    this.#noting.add(note);
    return () => {
      this.#sampleEventLoop();
      this.#tellSum(this.#now());
      this.#noting.delete(note);
    };
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
    if (lagMs > timerErrorMs) {
      this.#sum.sumMs += lagMs;
      this.#sum.longestMs = Math.max(this.#sum.longestMs, lagMs);
    }
    if (lagMs >= lagAllowanceMs || atMs - this.#sum.sinceMs >= sumOverMs) this.#tellSum(atMs);
  }

  #tellSum(atMs: number): void {
    const { sinceMs, sumMs, longestMs: lagMs } = this.#sum;
    this.#sum = { sinceMs: atMs, sumMs: 0, longestMs: 0 };
    if (sumMs >= sumLeastMs) this.#tell({ source: "event-loop", lagMs, sumMs, overMs: atMs - sinceMs });
  }

  #tell(noted: NotedLag): void {
    for (const note of this.#noting) note(noted);
  }

  #note(source: LagSource, lagMs: number): void {
    const atMs = this.#now();
    // A histogram takes whole numbers from 1 on: microseconds.
    this.#all[source].record(Math.max(1, Math.round(lagMs * 1e3)));
    this.#recent.push({ atMs, lagMs });
    if ((this.#recent[0]?.atMs ?? atMs) < atMs - 2 * memoryMs)
      this.#recent = this.#recent.filter((sample) => sample.atMs >= atMs - memoryMs);
  }
}
