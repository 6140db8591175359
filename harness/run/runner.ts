import { setMaxListeners } from "node:events";
import { performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { lateToleranceMs } from "../history/lateness.ts";
import { namesNobody } from "../history/notice.ts";
import { visibleDeadlineMaxMs } from "../history/sessions/windows.ts";
import { judgeCase, notAsked } from "../judge/attempts.ts";
import { nextAttempt, type Next } from "../judge/next-attempt.ts";
import { judgeAttempt, type Attempt } from "../judge/judged-attempt.ts";
import type { CaseRecord, RunRecord } from "../judge/record.ts";
import { worst } from "../judge/verdict.ts";
import { needs, unmetNeed, type Case } from "../scenario/scenario.ts";
import { AloneTime } from "./retries/alone-time.ts";
import { announce, announceRetries } from "./retries/announce-retries.ts";
import { AttemptRunner, type TokenAttempt } from "./attempt-runner.ts";
import { ConcurrencyLimiter } from "./concurrency-limiter.ts";
import { selectIsolatedRetries } from "./retries/isolated-retries.ts";
import { LagMeter } from "./lag-meter.ts";
import { groupsOf, sampleOf, type Undecided } from "./retries/retry-groups.ts";
import type { RunOptions } from "./run-options.ts";
import { turnsOf } from "./turns.ts";
import { surplusOf, withSurplus } from "./surplus-notices.ts";
import { attributeUnclaimed, nextSuspect } from "./retries/unclaimed-notices.ts";

/** Maximum number of cases with browser tabs that are open side by side. Tabs start one after the other. */
const tabsAtOnce = 4;

/** Maximum number of attempts alone that explain notices which no case claims. */
const explainingMax = 16;

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
 * Runs the cases side by side, then retries the undecided ones; see `nextAttempt`. When the signal aborts,
 * unfinished cases are left out.
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

class Runner {
  readonly #options: RunOptions;
  readonly #runner: AttemptRunner;
  readonly #turns: ReturnType<typeof turnsOf>;
  readonly #tabs: ConcurrencyLimiter;
  readonly #attempts = new Map<Case, TokenAttempt[]>();
  readonly #decided = new Map<Case, CaseRecord>();
  readonly #aloneTime = new AloneTime(() => performance.now());

  constructor(options: RunOptions, lag: LagMeter) {
    this.#options = options;
    this.#runner = new AttemptRunner(options, lag);
    this.#turns = turnsOf(options, lag);
    this.#tabs = new ConcurrencyLimiter(tabsAtOnce, lag, options.signal);
    // Each running case listens for the abort, and their number has no limit.
    setMaxListeners(0, options.signal);
  }

  /** The decided cases, in the order of the options. */
  finished(): FinishedCase[] {
    const { cases, profile } = this.#options;
    const surplus = surplusOf(this.#runner.owners, this.#attempts);
    const attribute = attributeUnclaimed(this.#allAttempts());
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

  /** Runs cases side by side, then retries those that are undecided: first side by side, then alone. */
  async #runUntilDecided(cases: readonly Case[]): Promise<void> {
    let undecided = (await Promise.all(cases.map((one) => this.#runFirst(one)))).flat();
    while (undecided.length > 0 && !this.#options.signal.aborted) {
      const isAlone = ({ next }: Undecided) => next === "alone" || next === "explained";
      // Others with observers of their own, which are many, would disturb attempts beside few cases.
      const own = undecided.filter(({ next }) => next === "own");
      const beside = own.length > 0 ? own : undecided.filter((each) => !isAlone(each));
      if (beside.length > 0) {
        const groups = groupsOf(beside);
        this.#announce(groups.flatMap(sampleOf));
        const left = await Promise.all(groups.map((group) => this.#retry(group)));
        undecided = [...undecided.filter((each) => !beside.includes(each)), ...left.flat()];
        continue;
      }
      this.#aloneTime.begin();
      const groups = groupsOf(undecided.filter(({ next }) => next === "alone"));
      this.#announce(groups.flatMap(sampleOf));
      const left: Undecided[] = [];
      for (const group of groups) left.push(...(await this.#retry(group)));
      await this.#explain(undecided.filter(({ next }) => next === "explained"));
      undecided = left;
    }
  }

  /** Runs a case once. A race, or a case with a rate in the baseline, gets its further attempts at once. */
  async #runFirst(one: Case): Promise<Undecided[]> {
    if (!(await this.#addAttempt(one, "repeat"))) return [];
    const { alwaysRetry, repeats = 1, profile } = this.#options;
    const kind = worst(this.#attemptsAt(one).map((attempt) => judgeAttempt(one, attempt, profile).kind));
    const wanted = alwaysRetry?.(one, kind);
    if (wanted === undefined) {
      const left = this.#conclude(one);
      if (!left.some(({ next }) => next === "repeat")) return left;
    }
    // Repeats queue behind all cases that have not run yet.
    const more = Math.max(0, (wanted ?? repeats) - 1);
    await Promise.all(Array.from({ length: more }, () => this.#addAttempt(one, "repeat")));
    return this.#conclude(one);
  }

  /** Retries a group of cases: a sample of a large one, and the others if a retry changes a verdict. */
  async #retry(group: readonly Undecided[]): Promise<Undecided[]> {
    const sample = sampleOf(group);
    const others = group.filter((each) => !sample.includes(each));
    const left = await this.#retryEach(sample);
    if (sample.some((each) => this.#changedByRetry(each))) {
      this.#announce(others);
      return [...left, ...(await this.#retryEach(others))];
    }
    // The sample says nothing about the others yet.
    if (left.some(({ next }) => next === "alone"))
      return [...left, ...others.map((each): Undecided => ({ ...each, next: "alone" }))];
    if (!this.#options.signal.aborted) for (const { one } of others) this.#decideByAttempts(one);
    return left;
  }

  async #retryEach(cases: readonly Undecided[]): Promise<Undecided[]> {
    const left = await Promise.all(
      cases.map(async ({ one, next }) => {
        let undecided = await this.#attempt(one, next);
        while (next === "again" && undecided.some((each) => each.next === next))
          undecided = await this.#attempt(one, next);
        return undecided;
      }),
    );
    return left.flat();
  }

  #announce(undecided: readonly Undecided[]): void {
    announceRetries(this.#options, undecided, (next) => this.#turns[next].sideBySide);
  }

  /** Returns true if the retry passed, or failed where the attempts before it proved nothing. */
  #changedByRetry({ one, next }: Undecided): boolean {
    const last = this.#attemptsAt(one).at(-1);
    const kind = last && judgeAttempt(one, last, this.#options.profile).kind;
    return kind === "pass" || (kind === "fail" && next === "calm");
  }

  /** Runs alone the cases that probably caused unclaimed notices, then decides all cases by the result. */
  async #explain(unexplained: readonly Undecided[]): Promise<void> {
    this.#announce(unexplained.slice(0, explainingMax));
    const { profile, signal } = this.#options;
    const cases = unexplained.map(({ one }) => one);
    // Late leaves of earlier cases would look like leaves of the first one.
    const quietMs = visibleDeadlineMaxMs(profile) + lateToleranceMs;
    if (cases.length > 0) await setTimeout(quietMs, undefined, { signal }).catch(() => undefined);
    for (let runs = 0; runs < explainingMax; runs += 1) {
      const suspect = nextSuspect(cases, this.#allAttempts());
      if (suspect === undefined || !(await this.#addAttempt(suspect, "alone"))) break;
    }
    if (signal.aborted) return;
    const attribute = attributeUnclaimed(this.#allAttempts());
    for (const one of cases) {
      const attempts = this.#attemptsAt(one).map((attempt) => attribute(one, attempt));
      this.#decide(one, judgeCase(one, attempts, profile));
    }
  }

  /** Retries some failed cases alone. A pass does not remove the failure. */
  async #retryAlone(): Promise<void> {
    const run = this.#options.cases.flatMap((one) => {
      const record = this.#decided.get(one);
      return record === undefined ? [] : [{ one, record, attempts: this.#attemptsAt(one) }];
    });
    const selected = selectIsolatedRetries(run);
    announce(this.#options, selected, "failed", 1);
    for (const one of selected) await this.#addAttempt(one, "alone");
  }

  /** Runs a case once, and decides it unless it needs another attempt. Without time for an attempt alone it stays as it is. */
  async #attempt(one: Case, how: Next): Promise<Undecided[]> {
    const isMade = await this.#addAttempt(one, how, () => how !== "alone" || !this.#aloneTime.isOver);
    if (isMade && how === "alone") this.#aloneTime.spend(this.#attemptsAt(one).at(-1)?.durationMs ?? 0);
    if (isMade) return this.#conclude(one);
    if (!this.#options.signal.aborted) this.#decideByAttempts(one);
    return [];
  }

  /**
   * @param isWanted asked when the attempt's turn has come
   * @returns false if it is not wanted any more, or the run was interrupted meanwhile
   */
  async #addAttempt(one: Case, how: Next, isWanted = () => true): Promise<boolean> {
    const { signal, profile } = this.#options;
    const { limiter, sideBySide, shares } = this.#turns[how];
    const alone = how === "alone" || how === "explained";
    const act = () =>
      limiter.run(
        async ({ rest }) =>
          signal.aborted || !isWanted()
            ? undefined
            : this.#runner.run(one, { alone, sideBySide, shares, rest }),
        sideBySide === 1 && (alone || namesNobody(profile.notice) || one.scenario.waitsLong !== true),
      );
    const attempt = await (needs(one, "browser") ? this.#tabs.run(act) : act());
    if (attempt === undefined) return false;
    this.#attempts.set(one, [...(this.#attempts.get(one) ?? []), attempt]);
    return true;
  }

  /** Decides a case by its attempts, unless it needs another one. */
  #conclude(one: Case): Undecided[] {
    const { profile, repeats } = this.#options;
    const attempts = this.#attemptsAt(one);
    const next = nextAttempt(one, attempts, profile, repeats);
    if (next === undefined) {
      this.#decideByAttempts(one);
      return [];
    }
    return [{ one, next, verdicts: judgeCase(one, attempts, profile).verdicts }];
  }

  #allAttempts(): ReadonlyMap<Case, readonly Attempt[]> {
    return new Map(this.#options.cases.map((one) => [one, this.#attemptsAt(one)]));
  }

  #attemptsAt(one: Case): Attempt[] {
    return (this.#attempts.get(one) ?? []).map(({ attempt }) => attempt);
  }

  #decideByAttempts(one: Case): void {
    this.#decide(one, judgeCase(one, this.#attemptsAt(one), this.#options.profile));
  }

  #decide(one: Case, record: CaseRecord): void {
    this.#decided.set(one, record);
    this.#options.onCase?.(record);
  }
}
