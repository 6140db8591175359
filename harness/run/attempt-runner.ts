import { setTimeout } from "node:timers/promises";
import { History } from "../history/history.ts";
import { maskedHistory } from "../history/masked-history.ts";
import { lateToleranceMs } from "../history/lateness.ts";
import { namesNobody } from "../history/notice.ts";
import type { Attempt } from "../judge/attempts/judged-attempt.ts";
import { needs, type Case } from "../scenario/scenario.ts";
import { secrets } from "../secrets/secrets.ts";
import type { CaseContext } from "../stage/case-context.ts";
import { haveCommonTopic } from "../stage/observers/common-topic.ts";
import { SharedObservers } from "../stage/observers/shared-observers.ts";
import { LeaveDelays } from "../stage/observers/leave-delays.ts";
import { NoticeOwners } from "../stage/notice-owners.ts";
import { SetupRequests } from "../stage/setup-requests.ts";
import { Stage } from "../stage/stage.ts";
import type { TargetInstance } from "../stage/target-instance.ts";
import { caseLimitMs, createTimeout, failureOf, longestEndMs } from "./case-timeouts.ts";
import type { Place } from "./concurrency-limiter.ts";
import { unwatched } from "./death/target-watch.ts";
import type { LagMeter } from "./lag-meter.ts";
import type { RunOptions } from "./run-options.ts";
import { sessionsByName } from "./sessions-by-name.ts";
import { SharedInstance } from "./shared-instance.ts";

/** Time limit for freeing a case's actors, in milliseconds. The run continues without them after it. */
const disposeLimitMs = 10_000;

/** An attempt, with the token in its client data. */
export interface TokenAttempt {
  readonly attempt: Attempt;
  readonly token: string;
  /** Start time on the run's clock, in milliseconds. */
  readonly startedMs: number;
  /** Longest delay of the harness plus that of the target during the attempt, in milliseconds. */
  readonly loadMs: number;
}

/** Returns the token in the names of a run's shared observers and sentinels. */
export const sharedTokenOf = (runToken: string): string => `${runToken}00`;

export interface AttemptOptions {
  /** No other case runs at the same time. */
  readonly alone: boolean;
  /** Maximum number of cases that act at the same time, this one included. */
  readonly sideBySide: number;
  /** The case may share the run's observers. */
  readonly shares: boolean;
  /** Carries out the case's waits. */
  readonly rest: Place["rest"];
}

/** Runs single attempts at cases. All attempts of a run share the notice owners and the setup requests. */
export class AttemptRunner {
  /** Owners of the client data on the shared target. */
  readonly owners: NoticeOwners;
  readonly #options: RunOptions;
  readonly #lag: LagMeter;
  readonly #setupRequests: SetupRequests;
  readonly #quietInstance: SharedInstance | undefined;
  readonly #shared: SharedObservers | undefined;
  readonly #delays = new LeaveDelays();
  #started = 0;

  constructor(options: RunOptions, lag: LagMeter) {
    const { profile, target, earlier, startOwnTarget } = options;
    this.#options = options;
    this.#lag = lag;
    this.owners = options.owners ?? new NoticeOwners(() => performance.now());
    this.#setupRequests = new SetupRequests(profile, target, options.onAfterFailed);
    if (earlier !== undefined) this.owners.claimEarlier(earlier);
    this.#quietInstance = startOwnTarget && new SharedInstance(startOwnTarget, profile);
    if (haveCommonTopic(profile))
      this.#shared = new SharedObservers(this.#sharedContext(), (tookMs) => lag.noteAnswers(tookMs));
  }

  /** True if cases that need quiet can have an instance without other cases. */
  get hasQuietInstance(): boolean {
    return this.#quietInstance !== undefined;
  }

  /**
   * Runs a case once.
   * @returns undefined if the run was interrupted meanwhile
   */
  async run(
    one: Case,
    { alone, sideBySide, shares, rest }: AttemptOptions,
  ): Promise<TokenAttempt | undefined> {
    const { profile, signal, runToken } = this.#options;
    const startedMs = performance.now();
    const startedAt = new Date().toISOString();
    const limit = createTimeout(signal);
    const history = new History(() => performance.now() - startedMs, limit.signal);
    const ownLimitMs = () =>
      caseLimitMs(profile, history.events) + (one.scenario.fixedWaitMs?.(profile) ?? 0);
    limit.start(() => this.#options.caseLimitMs ?? ownLimitMs());
    const stopLagNotes = this.#lag.onLag((noted) =>
      history.add({ kind: "harness-lagged", actor: "harness", ...noted }),
    );
    const startInstance = needs(one, "own-target") ? this.#options.startOwnTarget : undefined;
    const token = `${runToken}${(this.#started += 1).toString(36).padStart(2, "0")}`;
    const isQuiet = startInstance === undefined && one.scenario.needsQuiet === true;
    const isOnTarget = startInstance === undefined && !(isQuiet && this.hasQuietInstance);
    const watched = (isOnTarget ? this.#options.watch?.begin(one, history) : undefined) ?? unwatched;
    let stage: Stage | undefined;
    let starting: Promise<TargetInstance> | undefined;
    const stopped = await failureOf(async () => {
      starting = startInstance?.();
      const access = isQuiet ? await this.#quietInstance?.access() : {};
      const observers =
        shares && startInstance === undefined && !isQuiet && this.#shared?.areReliable === true;
      const context = { ...this.#contextOf(token, history, await starting), ...access, rest };
      stage = new Stage(observers ? { ...context, shared: this.#shared } : context, one.axes);
      await watched.guard(one.scenario.run(stage));
    }, limit.signal);
    if (stopped !== null) await failureOf(async () => stage?.settling.checkTarget(), limit.signal);
    const trouble = await watched.end(stopped);
    stopLagNotes();
    limit.clear();
    // Events from here on come from the cleanup itself.
    const events = maskedHistory(history.events);
    const durationMs = history.nowMs();
    const lagMaxMs = this.#lag.maxSinceMs(startedMs);
    const loadMs = lagMaxMs + this.#lag.targetSinceMs(startedMs);
    const isOnSharedTarget = startInstance === undefined && stage !== undefined;
    if (isOnSharedTarget) this.owners.noteSessions(one.id, sessionsByName(history.events, profile));
    await failureOf(async () => {
      await stage?.dispose();
      await (await starting)?.dispose();
    }, AbortSignal.timeout(disposeLimitMs));
    // Without names, late leaves of this case look like leaves of the next one.
    if (namesNobody(profile.notice))
      await setTimeout(longestEndMs(events, profile) + lateToleranceMs, undefined, { signal }).catch(
        () => undefined,
      );
    if (signal.aborted) return undefined;
    const attempt = {
      // A case has its own instance to itself.
      alone: alone || watched.isAlone || startInstance !== undefined || namesNobody(profile.notice),
      trouble: trouble === null ? null : secrets.mask(trouble),
      sideBySide,
      startedAt,
      durationMs,
      lagMaxMs,
      events,
    };
    return { token, startedMs, loadMs, attempt };
  }

  #contextOf(token: string, history: History, instance: TargetInstance | undefined): CaseContext {
    const { profile, target, browser, pageFiles } = this.#options;
    return {
      token,
      history,
      profile,
      target: instance?.url ?? target,
      instance,
      owners: instance === undefined ? this.owners : new NoticeOwners(() => performance.now()),
      delays: instance === undefined ? this.#delays : new LeaveDelays(),
      setupRequests: instance === undefined ? this.#setupRequests : new SetupRequests(profile, instance.url),
      browser,
      pageFiles,
      adopted: new Set(),
    };
  }

  /** Context of the actors that cases share. */
  #sharedContext(): CaseContext {
    const { runToken, signal } = this.#options;
    const token = sharedTokenOf(runToken);
    const history = new History(() => performance.now(), signal);
    return { ...this.#contextOf(token, history, undefined), browser: undefined };
  }

  /** Frees the shared observers and the instance of the cases that need quiet, then removes what `before` made for the run. */
  async dispose(): Promise<void> {
    await failureOf(async () => {
      await Promise.all([this.#shared?.dispose(), this.#quietInstance?.dispose()]);
    }, AbortSignal.timeout(disposeLimitMs));
    await failureOf(() => this.#setupRequests.dispose(), AbortSignal.timeout(disposeLimitMs));
  }
}
