import { setMaxListeners } from "node:events";
import { performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { lateToleranceMs } from "../history/lateness.ts";
import { visibleDeadlineMaxMs } from "../history/sessions/windows.ts";
import { judgeCase, notAsked } from "../judge/attempts/judge-case.ts";
import { nextAttempt, type Next } from "../judge/attempts/next-attempt.ts";
import { judgeAttempt, lostObserver, type Attempt } from "../judge/attempts/judged-attempt.ts";
import { isClosing } from "../judge/attempts/unrepeated-closes.ts";
import type { CaseRecord, RunRecord } from "../judge/record.ts";
import { unmetNeed, type Case } from "../scenario/scenario.ts";
import { AloneTime } from "./retries/alone-time.ts";
import { announce, announceRetries } from "./retries/announce-retries.ts";
import { CaseAttempts } from "./case-attempts.ts";
import { lostClientsOf, type LostClient } from "./lost-clients.ts";
import { selectIsolatedRetries } from "./retries/isolated-retries.ts";
import { LagMeter } from "./lag-meter.ts";
import { latenessBeyondLoad } from "./retries/later-than-load.ts";
import { groupsOf, sampleOf, type Undecided } from "./retries/retry-groups.ts";
import type { RunOptions } from "./run-options.ts";
import { inStages } from "./stages.ts";
import { surplusOf, withSurplus } from "./surplus-notices.ts";
import { attributeUnclaimed, nextSuspect } from "./retries/unclaimed-notices.ts";

/** Maximum number of attempts alone that explain notices which no case claims. */
const explainingMax = 16;

/** Maximum number of cases that are retried before all others have ended. */
const soonMax = 5;

/** A case at its end, with all attempts at it: none if the case was not run at all. */
export interface FinishedCase {
  readonly record: CaseRecord;
  readonly attempts: readonly Attempt[];
}

export interface RunResult {
  readonly finished: readonly FinishedCase[];
  readonly lag: RunRecord["lag"];
}

/** Result of a run on a target that stayed there. */
export interface CasesResult extends RunResult {
  /** Living clients that the target closed for no repeatable reason. */
  readonly lostClients: readonly LostClient[];
}

/**
 * Runs the cases side by side, then retries the undecided ones; see `nextAttempt`. When the signal aborts,
 * unfinished cases are left out.
 */
export async function runCases(options: RunOptions): Promise<CasesResult> {
  const lag = await LagMeter.start(() => performance.now());
  const runner = new Runner(options, lag);
  try {
    await runner.runAll();
    const finished = runner.finished();
    return {
      finished,
      lostClients: lostClientsOf(options.cases, finished, options.profile),
      lag: { ...lag.summary("event-loop"), proxy: lag.summary("proxy") },
    };
  } finally {
    await lag.stop();
  }
}

class Runner {
  readonly #options: RunOptions;
  readonly #attempts: CaseAttempts;
  readonly #decided = new Map<Case, CaseRecord>();
  #retriedSoon = 0;
  readonly #aloneTime = new AloneTime(() => performance.now());

  constructor(options: RunOptions, lag: LagMeter) {
    this.#options = options;
    this.#attempts = new CaseAttempts(options, lag);
    // Each running case listens for the abort, and their number has no limit.
    setMaxListeners(0, options.signal);
  }

  /** The decided cases, in the order of the options. */
  finished(): FinishedCase[] {
    const { cases, profile } = this.#options;
    const surplus = surplusOf(this.#attempts.runner.owners, this.#attempts.made);
    const attribute = attributeUnclaimed(this.#attempts.all(), profile);
    return cases.flatMap((one) => {
      const record = this.#decided.get(one);
      if (record === undefined) return [];
      const attempts = (this.#attempts.made.get(one) ?? []).map((each) =>
        withSurplus({ ...each, attempt: attribute(one, each.attempt) }, surplus),
      );
      return { record: attempts.length === 0 ? record : judgeCase(one, attempts, profile), attempts };
    });
  }

  async runAll(): Promise<void> {
    const runnable = this.#options.cases.filter((one) => this.#canRun(one));
    try {
      const left: Undecided[] = [];
      for (const cases of inStages(runnable, this.#attempts.runner.hasQuietInstance))
        left.push(
          ...(await this.#retryBeside((await Promise.all(cases.map((one) => this.#runFirst(one)))).flat())),
        );
      await this.#decideAlone(left);
      if (this.#options.triesAlone === true) await this.#retryAlone();
    } finally {
      await this.#attempts.runner.dispose();
    }
  }

  /** Returns true if the target and this machine meet the case's needs. Decides the case otherwise. */
  #canRun(one: Case): boolean {
    const { profile, noBrowser, startOwnTarget } = this.#options;
    const unmet = unmetNeed(one, { profile, noBrowser, canStartTarget: startOwnTarget !== undefined });
    if (unmet !== undefined) this.#decide(one, notAsked(one, unmet));
    return unmet === undefined;
  }

  /** Retries cases side by side. Returns those that need an attempt alone. */
  async #retryBeside(undecided: readonly Undecided[]): Promise<Undecided[]> {
    if (this.#options.retries === false) {
      for (const { one } of undecided) this.#decideByAttempts(one);
      return [];
    }
    const beside = undecided.filter(({ next }) => next !== "alone" && next !== "explained");
    if (beside.length === 0 || this.#options.signal.aborted) return [...undecided];
    const groups = groupsOf(beside);
    this.#announce(groups.flatMap(sampleOf));
    const left = await Promise.all(groups.map((group) => this.#retry(group)));
    return this.#retryBeside([...undecided.filter((each) => !beside.includes(each)), ...left.flat()]);
  }

  /** Retries cases alone, then explains the notices that no case claims. */
  async #decideAlone(undecided: readonly Undecided[]): Promise<void> {
    let left = [...undecided];
    const isAlone = ({ next }: Undecided) => next === "alone";
    if (left.some(isAlone)) this.#aloneTime.begin();
    while (left.some(isAlone) && !this.#options.signal.aborted) {
      const groups = groupsOf(left.filter(isAlone));
      left = left.filter((each) => !isAlone(each));
      this.#announce(groups.flatMap(sampleOf));
      for (const group of groups) left.push(...(await this.#retry(group)));
      left = await this.#retryBeside(left);
    }
    await this.#explain(left.filter(({ next }) => next === "explained"));
  }

  /**
   * Runs a case once, and at once again with observers of its own if it lost a shared one. A race, or a case with a rate in the baseline, gets its
   * further attempts at once, too.
   */
  async #runFirst(one: Case): Promise<readonly Undecided[]> {
    if (!(await this.#attempts.add(one, "repeat"))) return [];
    const { alwaysRetry, repeats = 1, profile, retries = true } = this.#options;
    const lost = retries && nextAttempt(one, this.#attempts.at(one), profile) === "own";
    if (lost && !(await this.#attempts.add(one, "own"))) return [];
    const first = this.#attempts.at(one).flatMap((attempt) => judgeAttempt(one, attempt, profile).verdicts);
    const wanted = alwaysRetry?.(one, first);
    if (wanted === undefined) {
      const left = this.#conclude(one);
      if (!left.some(({ next }) => next === "repeat")) return this.#retrySoon(left);
    }
    // Repeats queue behind all cases that have not run yet.
    const more = Math.max(0, (wanted ?? repeats) - 1);
    await Promise.all(Array.from({ length: more }, () => this.#attempts.add(one, "repeat")));
    const later = this.#attempts.at(one).slice(lost ? 1 : 0);
    if (retries) await Promise.all(later.filter(lostObserver).map(() => this.#attempts.add(one, "own")));
    return this.#retrySoon(this.#conclude(one));
  }

  /**
   * Retries the first few cases before all others have ended, but not after a close: a case that only waits may be its cause.
   */
  async #retrySoon(undecided: readonly Undecided[]): Promise<readonly Undecided[]> {
    const isCalm = ({ next, verdicts }: Undecided) => next === "calm" && !verdicts.some(isClosing);
    const mayRetry = this.#options.retries !== false && undecided.some(isCalm);
    if (!mayRetry || (this.#retriedSoon += 1) > soonMax) return undecided;
    this.#announce(undecided);
    return this.#retryEach(undecided);
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
    announceRetries(this.#options, undecided, (next) => this.#attempts.turns[next].sideBySide);
  }

  /** Returns true if the retry passed, or failed where the attempt before it proved nothing. */
  #changedByRetry({ one, next }: Undecided): boolean {
    const judged = this.#attempts.at(one).map((each) => judgeAttempt(one, each, this.#options.profile).kind);
    const [before, kind] = judged.slice(-2);
    return kind === "pass" || (kind === "fail" && next === "calm" && before !== "fail");
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
      const suspect = nextSuspect(cases, this.#attempts.all(), profile);
      if (suspect === undefined || !(await this.#attempts.add(suspect, "explained"))) break;
    }
    if (signal.aborted) return;
    const attribute = attributeUnclaimed(this.#attempts.all(), profile);
    for (const one of cases) {
      const attempts = this.#attempts.at(one).map((attempt) => attribute(one, attempt));
      this.#decide(one, judgeCase(one, attempts, profile));
    }
  }

  /** Retries some failed cases alone. A pass does not remove the failure. */
  async #retryAlone(): Promise<void> {
    const selected = selectIsolatedRetries(this.#decidedCases());
    announce(this.#options, selected, "failed", 1);
    for (const one of selected) await this.#attempts.add(one, "alone");
  }

  /**
   * Runs a case once, or twice where a time was wrong, and decides it unless it needs another attempt. Without time for an attempt
   * alone it stays as it is.
   */
  async #attempt(one: Case, how: Next): Promise<Undecided[]> {
    const add = () => this.#attempts.add(one, how, () => how !== "alone" || !this.#aloneTime.isOver);
    // Late leaves take long. The two attempts overlap.
    const made = await Promise.all(how === "again" ? [add(), add()] : [add()]);
    const isMade = made.every(Boolean);
    if (isMade && how === "alone") this.#aloneTime.spend(this.#attempts.at(one).at(-1)?.durationMs ?? 0);
    if (isMade) return this.#conclude(one);
    if (!this.#options.signal.aborted) this.#decideByAttempts(one);
    return [];
  }

  /** Decides a case by its attempts, unless it needs another one. */
  #conclude(one: Case): Undecided[] {
    const { profile, repeats } = this.#options;
    const attempts = this.#attempts.at(one);
    const next = nextAttempt(one, attempts, profile, repeats);
    if (next === undefined) {
      this.#decideByAttempts(one);
      return [];
    }
    const [first, ...others] = (this.#attempts.made.get(one) ?? []).map((each) =>
      latenessBeyondLoad(each, profile),
    );
    const lateness = others.every((each) => each === first) ? first : undefined;
    return [{ one, next, lateness, verdicts: judgeCase(one, attempts, profile).verdicts }];
  }

  #decidedCases(): {
    readonly one: Case;
    readonly record: CaseRecord;
    readonly attempts: readonly Attempt[];
  }[] {
    return this.#options.cases.flatMap((one) => {
      const record = this.#decided.get(one);
      return record === undefined ? [] : [{ one, record, attempts: this.#attempts.at(one) }];
    });
  }

  #decideByAttempts(one: Case): void {
    this.#decide(one, judgeCase(one, this.#attempts.at(one), this.#options.profile));
  }

  #decide(one: Case, record: CaseRecord): void {
    this.#decided.set(one, record);
    this.#options.onCase?.(record);
  }
}
