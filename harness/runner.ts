import { performance } from "node:perf_hooks";
import type { Surroundings } from "./actor.ts";
import { combine, finishedCase, needsAnother, notAsked, withSurplus, type FinishedCase } from "./attempts.ts";
import type { RunBrowser } from "./browser.ts";
import { Claims } from "./claims.ts";
import { History } from "./history.ts";
import { detectionsIn, judge } from "./judge.ts";
import { LagMeter } from "./lag.ts";
import type { Profile } from "./profile.ts";
import { unmetNeed, type Case } from "./scenario.ts";
import { Stage } from "./stage.ts";

/** What a case may take beyond its waits for leaves: connecting, a browser's start, a machine under load. */
const caseSlackMs = 60_000;

/** How long freeing a case's actors may take before the run goes on without them. */
const disposeLimitMs = 10_000;

export interface RunOptions {
  readonly cases: readonly Case[];
  readonly profile: Profile;
  readonly target: URL;
  /** How many cases run side by side at most. They mostly wait. */
  readonly workers: number;
  /** Undefined where there is none, or none is needed. */
  readonly browser: RunBrowser | undefined;
  /** Why there is no browser; undefined when there is one. */
  readonly noBrowser: string | undefined;
  readonly pageFiles: Readonly<Record<string, string>>;
  /** Sets this run's client data apart from other runs' on the same target: letters and digits. */
  readonly runToken: string;
  readonly signal: AbortSignal;
  readonly onCase?: (done: FinishedCase) => void;
}

export interface RunResult {
  readonly finished: readonly FinishedCase[];
  readonly lag: { readonly p50Ms: number; readonly maxMs: number };
}

/**
 * Runs the cases side by side, then once more alone each one that side by side could not be judged: those that saw a
 * leave which no case claims, and those that the harness's own delay left open. When the signal aborts, cases that had not ended are left out.
 */
export async function runCases(options: RunOptions): Promise<RunResult> {
  const lag = new LagMeter(() => performance.now());
  const runner = new Runner(options, lag);
  const startedMs = performance.now();
  try {
    await runner.runAll();
    return { finished: runner.finished, lag: { p50Ms: lag.medianMs(), maxMs: lag.maxSinceMs(startedMs) } };
  } finally {
    lag.stop();
  }
}

class Runner {
  readonly #options: RunOptions;
  readonly #lag: LagMeter;
  readonly #claims = new Claims();
  readonly #done = new Map<string, FinishedCase>();
  #started = 0;

  constructor(options: RunOptions, lag: LagMeter) {
    this.#options = options;
    this.#lag = lag;
  }

  /** In the order in which they were asked for. */
  get finished(): FinishedCase[] {
    const surplus = this.#claims.surplus();
    return this.#options.cases
      .flatMap(({ id }) => this.#done.get(id) ?? [])
      .map((done) => withSurplus(done, surplus));
  }

  async runAll(): Promise<void> {
    const { cases, workers, signal } = this.#options;
    const queue = [...cases];
    const suspects: { one: Case; first: FinishedCase }[] = [];
    let starting = Promise.resolve();
    const worker = async () => {
      while (queue.length > 0) {
        // One after the other, each when the one before no longer keeps the event loop busy.
        await (starting = starting.then(() => this.#lag.calm()));
        const one = queue.shift();
        if (one === undefined || signal.aborted) return;
        const done = await this.#run(one, false);
        if (done !== undefined && needsAnother(done)) suspects.push({ one, first: done });
        else if (done !== undefined) this.#finish(done);
      }
    };
    await Promise.all(Array.from({ length: Math.min(workers, cases.length) }, worker));
    for (const { one, first } of suspects) {
      if (signal.aborted) return;
      const second = await this.#run(one, true);
      if (second !== undefined) this.#finish(combine(first, second));
    }
  }

  #finish(done: FinishedCase): void {
    this.#done.set(done.record.id, done);
    this.#options.onCase?.(done);
  }

  /** @returns undefined when the run was interrupted meanwhile */
  async #run(one: Case, alone: boolean): Promise<FinishedCase | undefined> {
    const { profile, noBrowser, signal } = this.#options;
    const unmet = unmetNeed(one.scenario, { profile, noBrowser });
    if (unmet !== undefined) return notAsked(one, unmet);
    const startedMs = performance.now();
    const limit = AbortSignal.timeout(caseLimitMs(profile));
    const stopped = AbortSignal.any([signal, limit]);
    const history = new History(() => performance.now() - startedMs, stopped);
    const noted = this.#lag.onSpike((lagMs) =>
      history.add({ kind: "harness-lagged", actor: "harness", lagMs }),
    );
    const around = this.#surroundings(one, history);
    const stage = new Stage(around, one.axes);
    const trouble = await troubleIn(() => one.scenario.run(stage), stopped);
    noted();
    // What comes from here on is the clearing away's own doing.
    const events = [...history.events];
    const durationMs = history.nowMs();
    const lagMaxMs = this.#lag.maxSinceMs(startedMs);
    this.#claims.finish(stage.sessionsByName());
    await troubleIn(() => stage.dispose(), AbortSignal.timeout(disposeLimitMs));
    if (signal.aborted) return undefined;
    const circumstances = { events, profile, alone, trouble };
    return finishedCase(one, {
      caseId: around.caseId,
      verdicts: judge(one.scenario, circumstances),
      detections: detectionsIn(circumstances),
      durationMs,
      lagMaxMs,
      events,
    });
  }

  #surroundings(one: Case, history: History): Surroundings {
    const { profile, target, browser, pageFiles, runToken } = this.#options;
    const token = `${runToken}${(this.#started += 1).toString(36).padStart(2, "0")}`;
    return { caseId: token, token, history, profile, target, claims: this.#claims, browser, pageFiles };
  }
}

/** A case settles three times at most, each time as patiently as a stage does. */
function caseLimitMs({ deadlines, heartbeatMs }: Profile): number {
  const longestMs = Math.max(
    deadlines.endedMs,
    deadlines.httpEndedMs,
    deadlines.silenceIntervals * heartbeatMs,
  );
  return caseSlackMs + 3 * 5 * longestMs;
}

/** Why `act` did not come to its end: what it threw, or that it was still at it when the signal came. */
async function troubleIn(act: () => Promise<void>, signal: AbortSignal): Promise<string | undefined> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
  });
  try {
    await Promise.race([act(), aborted]);
    return undefined;
  } catch (error) {
    if (signal.aborted) return "the case took longer than any case needs, and was given up";
    return `the scenario could not go on: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    if (stop !== undefined) signal.removeEventListener("abort", stop);
  }
}
