import { performance } from "node:perf_hooks";
import type { Surroundings } from "./actor.ts";
import type { RunBrowser } from "./browser.ts";
import { Claims } from "./claims.ts";
import { History, type HistoryEvent } from "./history.ts";
import { detectionsIn, judge, type Judgement } from "./judge.ts";
import { LagMeter } from "./lag.ts";
import { ofKind } from "./oracle.ts";
import type { Profile } from "./profile.ts";
import type { CaseRecord } from "./record.ts";
import { unmetNeed, type Case } from "./scenario.ts";
import { Stage } from "./stage.ts";
import { notApplicable, worst } from "./verdict.ts";

/** No case needs longer. One that does has lost its target or found a defect of ours. */
const caseLimitMs = 60_000;

export interface RunOptions {
  readonly cases: readonly Case[];
  readonly profile: Profile;
  readonly target: URL;
  /** How many cases run side by side at most. They mostly wait. */
  readonly workers: number;
  /** Starts the browser when the first case needs it. */
  readonly browser: () => Promise<RunBrowser>;
  /** Why there is no browser; undefined when there is one. */
  readonly noBrowser: string | undefined;
  readonly pageFiles: Readonly<Record<string, string>>;
  /** Sets this run's client data apart from other runs' on the same target: letters and digits. */
  readonly runToken: string;
  readonly signal: AbortSignal;
  readonly onCase?: (done: FinishedCase) => void;
}

export interface FinishedCase {
  readonly record: CaseRecord;
  readonly events: readonly HistoryEvent[];
}

export interface RunResult {
  readonly finished: readonly FinishedCase[];
  readonly lag: { readonly p50Ms: number; readonly maxMs: number };
}

/**
 * Runs the cases side by side, then once more alone each one that saw a leave which no case claims: side by side,
 * nobody can know whose it was. When the signal aborts, cases that had not ended are left out.
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
    return this.#options.cases.flatMap(({ id }) => this.#done.get(id) ?? []);
  }

  async runAll(): Promise<void> {
    const { cases, workers, signal } = this.#options;
    const queue = [...cases];
    const suspects: Case[] = [];
    let starting = Promise.resolve();
    const worker = async () => {
      while (queue.length > 0) {
        // One after the other, each when the one before no longer keeps the event loop busy.
        await (starting = starting.then(() => this.#lag.calm()));
        const next = queue.shift();
        if (next === undefined || signal.aborted) return;
        const done = await this.#run(next, false);
        if (done === undefined) continue;
        if (sawUnclaimedLeave(done.events)) suspects.push(next);
        else this.#finish(done);
      }
    };
    await Promise.all(Array.from({ length: Math.min(workers, cases.length) }, worker));
    for (const suspect of suspects) {
      if (signal.aborted) return;
      const done = await this.#run(suspect, true);
      if (done !== undefined) this.#finish(done);
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
    const limit = AbortSignal.timeout(caseLimitMs);
    const history = new History(() => performance.now() - startedMs, AbortSignal.any([signal, limit]));
    const stopNoting = this.#lag.onSpike((lagMs) =>
      history.add({ kind: "harness-lagged", actor: "harness", lagMs }),
    );
    const stage = new Stage(this.#surroundings(one, history), one.axes);
    let trouble: string | undefined;
    try {
      await one.scenario.run(stage);
    } catch (error) {
      trouble = limit.aborted
        ? `the case was given up after ${caseLimitMs / 1000} s`
        : `the scenario could not go on: ${error instanceof Error ? error.message : String(error)}`;
    }
    stopNoting();
    const durationMs = history.nowMs();
    const { events } = history;
    const judged = [...events];
    const lagMaxMs = this.#lag.maxSinceMs(startedMs);
    await stage.dispose();
    if (signal.aborted) return undefined;
    const circumstances = { events: judged, profile, alone, trouble };
    const verdicts = judge(one.scenario, circumstances);
    return finishedCase(
      one,
      { verdicts, durationMs, lagMaxMs, events: judged, alone },
      detectionsIn(circumstances),
    );
  }

  #surroundings(one: Case, history: History): Surroundings {
    const { profile, target, browser, pageFiles, runToken } = this.#options;
    const token = `${runToken}${(this.#started += 1).toString(36).padStart(2, "0")}`;
    return { caseId: token, token, history, profile, target, claims: this.#claims, browser, pageFiles };
  }
}

/** A leave that names somebody whom no case knows. One that names nobody may be how the target tells of strangers. */
function sawUnclaimedLeave(events: readonly HistoryEvent[]): boolean {
  return ofKind(events, "notice").some(
    (n) => n.claimedBy === "nobody" && n.event === "leave" && n.client !== null,
  );
}

interface Ran {
  readonly verdicts: readonly Judgement[];
  readonly durationMs: number;
  readonly lagMaxMs: number;
  readonly events: readonly HistoryEvent[];
  readonly alone: boolean;
}

function finishedCase(one: Case, ran: Ran, detections: CaseRecord["detections"]): FinishedCase {
  const attempts = ran.alone ? 2 : 1;
  const verdicts = ran.verdicts.map((verdict) => ({
    ...verdict,
    attempts,
    failedAttempts: verdict.kind === "fail" ? 1 : 0,
  }));
  const passed = worst(verdicts.map(({ kind }) => kind)) === "pass";
  const { id, scenario, axes } = one;
  const record: CaseRecord = {
    id,
    scenario: scenario.id,
    title: scenario.title,
    axes,
    durationMs: ran.durationMs,
    lagMaxMs: ran.lagMaxMs,
    verdicts,
    detections,
    ...(passed ? {} : { timeline: ran.events }),
  };
  return { record, events: ran.events };
}

function notAsked(one: Case, reason: string): FinishedCase {
  const { id, scenario, axes } = one;
  const verdicts = Object.entries(scenario.checks).flatMap(([requirement, checks]) =>
    checks.map(({ name }) => ({
      ...notApplicable(reason),
      requirement,
      check: name,
      attempts: 0,
      failedAttempts: 0,
    })),
  );
  const record = {
    id,
    scenario: scenario.id,
    title: scenario.title,
    axes,
    durationMs: 0,
    lagMaxMs: 0,
    verdicts,
    detections: [],
  };
  return { record, events: [] };
}
