import { setMaxListeners } from "node:events";
import { performance } from "node:perf_hooks";
import { namesNobody } from "../history/notice.ts";
import { judgeCase, notAsked } from "../judge/attempts.ts";
import { nextAttempt, type Next } from "../judge/next-attempt.ts";
import type { Attempt } from "../judge/judged-attempt.ts";
import type { CaseRecord, RunRecord } from "../judge/record.ts";
import { needs, unmetNeed, type Case } from "../scenario/scenario.ts";
import { AttemptRunner, type TokenAttempt } from "./attempt-runner.ts";
import { ConcurrencyLimiter } from "./concurrency-limiter.ts";
import { selectIsolatedRetries } from "./isolated-retries.ts";
import { LagMeter } from "./lag-meter.ts";
import type { RunOptions } from "./run-options.ts";
import { withSurplus, type SurplusHeard } from "./surplus-notices.ts";
import { attributeUnclaimed } from "./unclaimed-notices.ts";

/** Maximum number of cases with browser tabs that run side by side. Tabs start one after the other. */
const tabsAtOnce = 4;

/** A case at its end, with all attempts at it. */
export interface FinishedCase {
  readonly record: CaseRecord;
  /** Empty if the case was not run at all. */
  readonly attempts: readonly Attempt[];
}

export interface RunResult {
  readonly finished: readonly FinishedCase[];
  readonly lag: RunRecord["lag"];
}

/**
 * Runs the cases side by side, then again each case that its attempts do not decide; see `nextAttempt`. When the signal
 * aborts, unfinished cases are left out.
 */
export async function runCases(options: RunOptions): Promise<RunResult> {
  const lag = await LagMeter.start(() => performance.now());
  const runner = new Runner(options, lag);
  try {
    await runner.runAll();
    return {
      finished: runner.finished(),
      lag: { ...lag.summary("event-loop"), proxy: lag.summary("proxy") },
    };
  } finally {
    await lag.stop();
  }
}

/** A case that needs another attempt. */
interface Undecided {
  readonly one: Case;
  readonly next: Next;
}

class Runner {
  readonly #options: RunOptions;
  readonly #lag: LagMeter;
  readonly #runner: AttemptRunner;
  readonly #attempts = new Map<Case, TokenAttempt[]>();
  readonly #decided = new Map<Case, CaseRecord>();

  constructor(options: RunOptions, lag: LagMeter) {
    this.#options = options;
    this.#lag = lag;
    this.#runner = new AttemptRunner(options, lag);
    // Each running case listens for the abort, and their number has no limit.
    setMaxListeners(0, options.signal);
  }

  /** The decided cases, in the order of the options. */
  finished(): FinishedCase[] {
    const { cases, profile } = this.#options;
    const surplus = this.#surplus();
    const attribute = attributeUnclaimed(new Map(cases.map((one) => [one, this.#attemptsAt(one)])));
    return cases.flatMap((one) => {
      const record = this.#decided.get(one);
      if (record === undefined) return [];
      const attempts = (this.#attempts.get(one) ?? []).map((each) =>
        withSurplus({ ...each, attempt: attribute(one, each.attempt) }, surplus),
      );
      return { record: attempts.length === 0 ? record : judgeCase(one, attempts, profile), attempts };
    });
  }

  async runAll(): Promise<void> {
    const runnable = this.#options.cases.filter((one) => this.#canRun(one));
    const comesLast = ({ scenario }: Case) => scenario.needsQuiet === true && !this.#runner.hasQuietInstance;
    const mayBreakFrames = ({ scenario }: Case) => scenario.mayBreakFrames === true;
    const inOrder = [
      runnable.filter((one) => !comesLast(one) && !mayBreakFrames(one)),
      runnable.filter((one) => !comesLast(one) && mayBreakFrames(one)),
      runnable.filter(comesLast),
    ];
    try {
      for (const cases of inOrder) await this.#runUntilDecided(cases);
      if (this.#options.triesAlone === true) await this.#retryAlone();
    } finally {
      await this.#runner.dispose();
    }
  }

  /** Returns true if the target and this machine meet the case's needs. Decides the case otherwise. */
  #canRun(one: Case): boolean {
    const { profile, noBrowser, startOwnTarget } = this.#options;
    const canStartTarget = startOwnTarget !== undefined;
    const unmet = unmetNeed(one, { profile, noBrowser, canStartTarget });
    if (unmet !== undefined) this.#decide(one, notAsked(one, unmet));
    return unmet === undefined;
  }

  /** Runs cases side by side, then retries those that are undecided. */
  async #runUntilDecided(cases: readonly Case[]): Promise<void> {
    let undecided = await this.#runSideBySide(cases);
    while (undecided.length > 0) {
      const again = undecided.filter(({ next }) => next === "again");
      for (const { one, next } of undecided) {
        if (next === "alone") again.push(...(await this.#attempt(one, true)));
      }
      undecided = await this.#runSideBySide(again.map(({ one }) => one));
    }
  }

  /** Retries some failed cases alone. A failure stays one. */
  async #retryAlone(): Promise<void> {
    const run = this.#options.cases.flatMap((one) => {
      const record = this.#decided.get(one);
      return record === undefined ? [] : [{ one, record, attempts: this.#attemptsAt(one) }];
    });
    for (const one of selectIsolatedRetries(run)) await this.#addAttempt(one, true);
  }

  /** @returns the cases that need another attempt */
  async #runSideBySide(cases: readonly Case[]): Promise<Undecided[]> {
    const { workers, profile, repeats = 1 } = this.#options;
    const now = () => performance.now();
    // Notices without names can't be assigned to one of several cases.
    const runsOne = namesNobody(profile.notice);
    const usual = new ConcurrencyLimiter(runsOne ? 1 : workers, this.#lag, now);
    const tabs = new ConcurrencyLimiter(tabsAtOnce, this.#lag, now);
    const waiting = runsOne ? usual : new ConcurrencyLimiter(workers, this.#lag, now);
    const undecided = cases.map(async (one) => {
      const limiter = one.scenario.waitsLong === true ? waiting : usual;
      const inTurn = <T>(act: () => Promise<T>): Promise<T> =>
        needs(one, "browser") ? tabs.run(() => limiter.run(act)) : limiter.run(act);
      const left = await inTurn(() => this.#attempt(one, false));
      if (!left.some(({ next }) => next === "repeat")) return left;
      // Repeats queue behind all cases that have not run yet.
      await Promise.all(
        Array.from({ length: repeats - 1 }, () => inTurn(() => this.#addAttempt(one, false))),
      );
      return this.#conclude(one);
    });
    return (await Promise.all(undecided)).flat();
  }

  /** Runs a case once, and decides it unless it needs another attempt. */
  async #attempt(one: Case, alone: boolean): Promise<Undecided[]> {
    return (await this.#addAttempt(one, alone)) ? this.#conclude(one) : [];
  }

  /** @returns false if the run was interrupted meanwhile */
  async #addAttempt(one: Case, alone: boolean): Promise<boolean> {
    if (this.#options.signal.aborted) return false;
    const attempt = await this.#runner.run(one, alone);
    if (attempt === undefined) return false;
    this.#attempts.set(one, [...(this.#attempts.get(one) ?? []), attempt]);
    return true;
  }

  /** Decides a case by its attempts, unless it needs another one. */
  #conclude(one: Case): Undecided[] {
    const { profile, repeats } = this.#options;
    const attempts = this.#attemptsAt(one);
    const next = nextAttempt(one, attempts, profile, repeats);
    if (next !== undefined) return [{ one, next }];
    this.#decide(one, judgeCase(one, attempts, profile));
    return [];
  }

  #attemptsAt(one: Case): Attempt[] {
    return (this.#attempts.get(one) ?? []).map(({ attempt }) => attempt);
  }

  #decide(one: Case, record: CaseRecord): void {
    this.#decided.set(one, record);
    this.#options.onCase?.(record);
  }

  /** Leaves that the run received too often, each with the case whose actor received it. */
  #surplus(): SurplusHeard[] {
    const ids = new Map(
      [...this.#attempts].flatMap(([one, all]) => all.map(({ token }) => [token, one.id] as const)),
    );
    return this.#runner.owners.surplus().map((surplus) => {
      const { token, actor } = surplus.listener;
      return { ...surplus, by: `${actor} of ${ids.get(token) ?? "another case"}` };
    });
  }
}
