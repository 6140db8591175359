import type { Lag } from "../judge/record.ts";
import { createHistogram } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { lagAllowanceMs } from "../history/lateness.ts";
import { measureRoundTrips } from "../network/round-trip.ts";

/** Sampling period of the event loop's delay: short beside every deadline, and under 0.1 % of a core. */
const samplePeriodMs = 10;

/** Time for which single samples are kept, longer than any case takes, in milliseconds. */
const memoryMs = 600_000;

/** Time for which the target's answers are kept, in milliseconds. */
const answersMemoryMs = 10_000;

/** Largest delay of a sample that is the timer's own, in milliseconds. */
const timerErrorMs = 2;

/** Time over which short delays are summed up, in milliseconds. Alone they are too short to record. */
const sumOverMs = 500;

/** Smallest sum that is recorded, in milliseconds. Less than 5 % delays no leave noticeably. */
const sumLeastMs = 25;

/** Late part of the harness: its event loop, or the way through its proxies. */
export type LagSource = "event-loop" | "proxy";

/** Recorded delays: the longest of them and, for the event loop, their sum over a period. */
export interface NotedLag {
  readonly source: LagSource;
  readonly lagMs: number;
  readonly sumMs?: number;
  readonly overMs?: number;
}

/** Measures the delays of the harness's own event loop and proxies during a run. */
export class LagMeter {
  readonly #now: () => number;
  readonly #all = { "event-loop": createHistogram(), proxy: createHistogram() };
  #recent: { readonly atMs: number; readonly lagMs: number }[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #noting = new Set<(noted: NotedLag) => void>();
  #sum: { sinceMs: number; sumMs: number; longestMs: number };
  /** Durations of the target's answers, and the shortest of them, in milliseconds. */
  #answers: { readonly atMs: number; readonly tookMs: number }[] = [];
  #shortestMs = Infinity;
  #stopRoundTrips: () => Promise<void> = () => Promise.resolve();
  #dueMs: number;

  private constructor(now: () => number) {
    this.#now = now;
    this.#dueMs = now() + samplePeriodMs;
    this.#sum = { sinceMs: now(), sumMs: 0, longestMs: 0 };
    this.#timer = setInterval(() => this.#sampleEventLoop(), samplePeriodMs);
    this.#timer.unref();
  }

  /** Starts measuring. `now` is the run's clock, in milliseconds. */
  static async start(now: () => number): Promise<LagMeter> {
    const meter = new LagMeter(now);
    meter.#stopRoundTrips = await measureRoundTrips(now, (lagMs) => {
      meter.#note("proxy", lagMs);
      if (lagMs >= lagAllowanceMs) meter.#emit({ source: "proxy", lagMs });
    });
    return meter;
  }

  /** Returns the longest delay since `fromMs`, in milliseconds. */
  maxSinceMs(fromMs: number): number {
    this.#sampleEventLoop();
    // A delay that is noticed after `fromMs` counts even if it began before.
    const first = this.#recent.findLastIndex(({ atMs }) => atMs < fromMs) + 1;
    return this.#recent.slice(first).reduce((max, { lagMs }) => Math.max(max, lagMs), 0);
  }

  /** Notes how long the target took for the same few answers as before, in milliseconds. */
  noteAnswers(tookMs: number): void {
    const atMs = this.#now();
    this.#shortestMs = Math.min(this.#shortestMs, tookMs);
    this.#answers = [...this.#answers.filter((one) => one.atMs >= atMs - answersMemoryMs), { atMs, tookMs }];
  }

  /**
   * Returns the longest delay of the target since `fromMs`, beyond its shortest answers, in milliseconds. A target that is always
   * slow has none.
   */
  targetSinceMs(fromMs: number): number {
    return Math.max(
      0,
      ...this.#answers.map(({ atMs, tookMs }) => (atMs < fromMs ? 0 : tookMs - this.#shortestMs)),
    );
  }

  /**
   * Resolves when the event loop has been on time for 10 ms, after a tenth of a second at most. Starting many clients at once
   * would delay the running ones.
   */
  async calm(): Promise<void> {
    for (let tries = 0; tries < 10; tries += 1) {
      const sinceMs = this.#now();
      await setTimeout(samplePeriodMs);
      if (this.maxSinceMs(sinceMs) < samplePeriodMs) return;
    }
  }

  /** Returns the delays so far. */
  summary(source: LagSource): Lag {
    const all = this.#all[source];
    return all.count === 0
      ? { p50Ms: 0, maxMs: 0 }
      : { p50Ms: all.percentile(50) / 1e3, maxMs: all.max / 1e3 };
  }

  /**
   * Calls `note` for each long delay, and for short ones that add up: each step of a notice's way waits for the event loop.
   * @returns function that ends this, after noting the current sum
   */
  onLag(note: (noted: NotedLag) => void): () => void {
    this.#noting.add(note);
    return () => {
      this.#sampleEventLoop();
      this.#noteSum(this.#now());
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
    if (lagMs >= lagAllowanceMs || atMs - this.#sum.sinceMs >= sumOverMs) this.#noteSum(atMs);
  }

  #noteSum(atMs: number): void {
    const { sinceMs, sumMs, longestMs: lagMs } = this.#sum;
    this.#sum = { sinceMs: atMs, sumMs: 0, longestMs: 0 };
    if (sumMs >= sumLeastMs) this.#emit({ source: "event-loop", lagMs, sumMs, overMs: atMs - sinceMs });
  }

  #emit(noted: NotedLag): void {
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
