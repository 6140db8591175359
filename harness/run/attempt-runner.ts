import { setTimeout } from "node:timers/promises";
import { History } from "../history/history.ts";
import { maskedHistory } from "../history/masked-history.ts";
import { lateToleranceMs } from "../history/lateness.ts";
import { namesNobody } from "../history/notice.ts";
import type { Attempt } from "../judge/judged-attempt.ts";
import { needs, type Case } from "../scenario/scenario.ts";
import { secrets } from "../secrets/secrets.ts";
import type { CaseContext } from "../stage/case-context.ts";
import { NoticeOwners } from "../stage/notice-owners.ts";
import { SetupRequests } from "../stage/setup-requests.ts";
import { Stage } from "../stage/stage.ts";
import type { TargetInstance } from "../stage/target-instance.ts";
import { caseLimitMs, createTimeout, failureOf, longestEndMs } from "./case-timeouts.ts";
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
}

/** Runs single attempts at cases. All attempts of a run share the notice owners and the setup requests. */
export class AttemptRunner {
  /** Owners of the client data on the shared target. */
  readonly owners = new NoticeOwners(() => performance.now());
  readonly #options: RunOptions;
  readonly #lag: LagMeter;
  readonly #setupRequests: SetupRequests;
  readonly #quietInstance: SharedInstance | undefined;
  #started = 0;

  constructor(options: RunOptions, lag: LagMeter) {
    const { profile, target, earlier, startOwnTarget } = options;
    this.#options = options;
    this.#lag = lag;
    this.#setupRequests = new SetupRequests(profile, target, options.onAfterFailed);
    if (earlier !== undefined) this.owners.claimEarlier(earlier);
    this.#quietInstance = startOwnTarget && new SharedInstance(startOwnTarget, profile);
  }

  /** True if cases that need quiet can have an instance without other cases. */
  get hasQuietInstance(): boolean {
    return this.#quietInstance !== undefined;
  }

  /**
   * Runs a case once.
   * @param alone whether no other case runs at the same time
   * @returns undefined if the run was interrupted meanwhile
   */
  async run(one: Case, alone: boolean): Promise<TokenAttempt | undefined> {
    const { profile, signal, runToken } = this.#options;
    const startedMs = performance.now();
    const limit = createTimeout(signal);
    const history = new History(() => performance.now() - startedMs, limit.signal);
    limit.start(() => this.#options.caseLimitMs ?? caseLimitMs(profile, history.events));
    const stopLagNotes = this.#lag.onLag((noted) =>
      history.add({ kind: "harness-lagged", actor: "harness", ...noted }),
    );
    const startInstance = needs(one, "own-target") ? this.#options.startOwnTarget : undefined;
    const token = `${runToken}${(this.#started += 1).toString(36).padStart(2, "0")}`;
    let stage: Stage | undefined;
    let starting: Promise<TargetInstance> | undefined;
    const trouble = await failureOf(async () => {
      starting = startInstance?.();
      const shared = startInstance === undefined && one.scenario.needsQuiet === true;
      const access = shared ? await this.#quietInstance?.access() : {};
      stage = new Stage({ ...this.#contextOf(token, history, await starting), ...access }, one.axes);
      await one.scenario.run(stage);
    }, limit.signal);
    if (trouble !== null) await failureOf(async () => stage?.settling.checkTarget(), limit.signal);
    stopLagNotes();
    limit.clear();
    // Events from here on come from the cleanup itself.
    const events = maskedHistory(history.events);
    const durationMs = history.nowMs();
    const lagMaxMs = this.#lag.maxSinceMs(startedMs);
    const isOnSharedTarget = startInstance === undefined && stage !== undefined;
    if (isOnSharedTarget) this.owners.noteSessions(sessionsByName(history.events, profile));
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
      alone: alone || startInstance !== undefined || namesNobody(profile.notice),
      trouble: trouble === null ? null : secrets.mask(trouble),
      durationMs,
      lagMaxMs,
      events,
    };
    return { token, startedMs, attempt };
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
      setupRequests: instance === undefined ? this.#setupRequests : new SetupRequests(profile, instance.url),
      browser,
      pageFiles,
    };
  }

  /** Removes what `before` made for the run, and frees the instance of the cases that need quiet. */
  async dispose(): Promise<void> {
    await failureOf(() => this.#setupRequests.dispose(), AbortSignal.timeout(disposeLimitMs));
    await failureOf(async () => this.#quietInstance?.dispose(), AbortSignal.timeout(disposeLimitMs));
  }
}
