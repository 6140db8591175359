import { setMaxListeners } from "node:events";
import { performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { judgeCase, nextAttempt, notAsked, type Attempt, type Next } from "../judge/attempts.ts";
import { limitedBy, troubleIn } from "./case-timeouts.ts";
import type { RunBrowser } from "../clients/browser.ts";
import { Admission } from "../stage/setup-requests.ts";
import { lateToleranceMs } from "../history/lateness.ts";
import { Claims, type Earlier, type Surplus } from "../stage/notice-owners.ts";
import { explainedBy } from "./unclaimed-notices.ts";
import { History, type HistoryEvent } from "../history/history.ts";
import { LagMeter } from "./lag-meter.ts";
import type { OwnTarget } from "../stage/target-instance.ts";
import { namesNobody } from "../history/notice.ts";
import { ofKind, sessionsOf, visibleDeadlineMaxMs, visibleDeadlineMs } from "../history/sessions.ts";
import { Pace } from "./concurrency-limiter.ts";
import { QuietRoom } from "./shared-instance.ts";
import type { Profile } from "../profile/profile.ts";
import type { CaseRecord, RunRecord } from "../judge/record.ts";
import { maskedHistory } from "../history/history-secrets.ts";
import { secrets } from "../secrets/secrets.ts";
import { worthAlone } from "./isolated-retries.ts";
import { needs, unmetNeed, type Case } from "../scenario/scenario.ts";
import { isSilentDrop, silentDropMs } from "../profile/silent-drop.ts";
import { Stage } from "../stage/stage.ts";
import type { Surroundings } from "../stage/case-context.ts";

/** What a case may take beyond its waits for leaves: connecting, a browser's start, a machine under load. */
const caseSlackMs = 60_000;

/** How many cases with a browser's tabs run side by side at most. Tabs start one after the other; more would only wait. */
const tabsAtOnce = 4;

/** How long freeing a case's actors may take before the run goes on without them. */
const disposeLimitMs = 10_000;

export interface RunOptions {
  readonly cases: readonly Case[];
  readonly profile: Profile;
  readonly target: URL;
  /** Starts an instance for one case's own use; undefined where that can't be done. */
  readonly startOwnTarget?: (() => Promise<OwnTarget>) | undefined;
  /** How many cases run side by side at most. They mostly wait. */
  readonly workers: number;
  /** How often a case that races is run, as long as it does not fail; once when left out. */
  readonly repeats?: number;
  /** Tries some failed cases once more alone, to tell which fail only beside other sessions. */
  readonly triesAlone?: boolean;
  /** Undefined where there is none, or none is needed. */
  readonly browser: RunBrowser | undefined;
  /** Why there is no browser; undefined when there is one. */
  readonly noBrowser: string | undefined;
  readonly pageFiles: Readonly<Record<string, string>>;
  /** Sets this run's client data apart from other runs' on the same target: letters and digits. */
  readonly runToken: string;
  readonly signal: AbortSignal;
  /** Test sessions that came before the run; left out where there were none. */
  readonly earlier?: Earlier | undefined;
  /** What a case may take, in milliseconds; as long as any could need when left out. */
  readonly caseLimitMs?: number;
  readonly onCase?: (done: CaseRecord) => void;
}

/** One case that has come to its end, with all that was seen of it. */
export interface FinishedCase {
  readonly record: CaseRecord;
  /** None where it could not be asked at all. */
  readonly attempts: readonly Attempt[];
}

export interface RunResult {
  readonly finished: readonly FinishedCase[];
  readonly lag: RunRecord["lag"];
}

/**
 * Runs the cases side by side, then once more each one that is not decided by that: see `nextAttempt`. When the signal
 * aborts, cases that had not ended are left out.
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

/** An attempt, and what its client data is claimed by. */
interface Attempted {
  readonly attempt: Attempt;
  readonly token: string;
  /** On the run's clock. */
  readonly startedMs: number;
}

class Runner {
  readonly #options: RunOptions;
  readonly #lag: LagMeter;
  readonly #claims = new Claims(() => performance.now());
  readonly #admission: Admission;
  readonly #quiet: QuietRoom | undefined;
  readonly #attempts = new Map<Case, Attempted[]>();
  readonly #decided = new Map<Case, CaseRecord>();
  #started = 0;

  constructor(options: RunOptions, lag: LagMeter) {
    this.#options = options;
    this.#lag = lag;
    this.#admission = new Admission(options.profile, options.target);
    if (options.earlier !== undefined) this.#claims.setApart(options.earlier);
    const { startOwnTarget, profile } = options;
    this.#quiet = startOwnTarget && new QuietRoom(startOwnTarget, profile);
    // Each case that runs listens, and as many run as are asked for.
    setMaxListeners(0, options.signal);
  }

  /** In the order in which they were asked for. */
  finished(): FinishedCase[] {
    const { cases, profile } = this.#options;
    const overheard = this.#overheard();
    const explain = explainedBy(
      new Map([...this.#attempts].map(([one, all]) => [one, all.map(({ attempt }) => attempt)])),
    );
    return cases.flatMap((one) => {
      const record = this.#decided.get(one);
      if (record === undefined) return [];
      const attempts = (this.#attempts.get(one) ?? []).map((attempted) =>
        withOverheard({ ...attempted, attempt: explain(one, attempted.attempt) }, overheard),
      );
      return { record: attempts.length === 0 ? record : judgeCase(one, attempts, profile), attempts };
    });
  }

  async runAll(): Promise<void> {
    const asked = this.#options.cases.filter((one) => this.#canBeAsked(one));
    const comesLast = ({ scenario }: Case) => scenario.needsQuiet === true && this.#quiet === undefined;
    const mayBreakFrames = ({ scenario }: Case) => scenario.mayBreakFrames === true;
    const inOrder = [
      asked.filter((one) => !comesLast(one) && !mayBreakFrames(one)),
      asked.filter((one) => !comesLast(one) && mayBreakFrames(one)),
      asked.filter(comesLast),
    ];
    try {
      for (const cases of inOrder) await this.#runUntilDecided(cases);
      if (this.#options.triesAlone === true) await this.#tryAlone();
    } finally {
      await troubleIn(async () => this.#quiet?.dispose(), AbortSignal.timeout(disposeLimitMs));
    }
  }

  /** Runs cases side by side, then those once more that are not decided by that. */
  async #runUntilDecided(cases: readonly Case[]): Promise<void> {
    let undecided = await this.#sideBySide(cases);
    while (undecided.length > 0) {
      const again = undecided.filter(({ next }) => next === "again");
      for (const { one, next } of undecided) {
        if (next === "alone") again.push(...(await this.#attempt(one, true)));
      }
      undecided = await this.#sideBySide(again.map(({ one }) => one));
    }
  }

  /** Runs failed cases once more alone. No verdict changes by that: a failure stays one. */
  async #tryAlone(): Promise<void> {
    const asked = this.#options.cases.flatMap((one) => {
      const record = this.#decided.get(one);
      return record === undefined ? [] : [{ one, record, attempts: this.#attemptsAt(one) }];
    });
    for (const one of worthAlone(asked)) await this.#play(one, true);
  }

  #canBeAsked(one: Case): boolean {
    const { profile, noBrowser, startOwnTarget } = this.#options;
    const canStartTarget = startOwnTarget !== undefined;
    const unmet = unmetNeed(one, { profile, noBrowser, canStartTarget });
    if (unmet !== undefined) this.#decide(one, notAsked(one, unmet));
    return unmet === undefined;
  }

  /** @returns the cases that are to be run once more */
  async #sideBySide(cases: readonly Case[]): Promise<Undecided[]> {
    const { workers, profile, repeats = 1 } = this.#options;
    // Where notices name nobody, nobody could tell whose they are.
    const now = () => performance.now();
    const pace = new Pace(namesNobody(profile.notice) ? 1 : workers, this.#lag, now);
    const tabs = new Pace(tabsAtOnce, this.#lag, now);
    const beside = namesNobody(profile.notice) ? pace : new Pace(workers, this.#lag, now);
    const undecided = cases.map(async (one) => {
      const own = one.scenario.waitsLong === true ? beside : pace;
      const inTurn = <T>(act: () => Promise<T>): Promise<T> =>
        needs(one, "browser") ? tabs.run(() => own.run(act)) : own.run(act);
      const left = await inTurn(() => this.#attempt(one, false));
      if (!left.some(({ next }) => next === "repeat")) return left;
      // They wait for their turn behind all that have not run yet.
      await Promise.all(Array.from({ length: repeats - 1 }, () => inTurn(() => this.#play(one, false))));
      return this.#conclude(one);
    });
    return (await Promise.all(undecided)).flat();
  }

  /** Attempts a case once; decides it, unless another attempt is needed. */
  async #attempt(one: Case, alone: boolean): Promise<Undecided[]> {
    return (await this.#play(one, alone)) ? this.#conclude(one) : [];
  }

  /** @returns false when the run was interrupted meanwhile */
  async #play(one: Case, alone: boolean): Promise<boolean> {
    if (this.#options.signal.aborted) return false;
    const attempted = await this.#act(one, alone);
    if (attempted === undefined) return false;
    this.#attempts.set(one, [...(this.#attempts.get(one) ?? []), attempted]);
    return true;
  }

  /** Decides a case by its attempts, unless another is needed. */
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

  /** @returns undefined when the run was interrupted meanwhile */
  async #act(one: Case, alone: boolean): Promise<Attempted | undefined> {
    const { profile, signal, startOwnTarget } = this.#options;
    const startedMs = performance.now();
    const limit = limitedBy(signal);
    const stopped = limit.signal;
    const history = new History(() => performance.now() - startedMs, stopped);
    limit.start(() => this.#options.caseLimitMs ?? caseLimitMs(profile, history.events));
    const forget = this.#lag.onLag((noted) =>
      history.add({ kind: "harness-lagged", actor: "harness", ...noted }),
    );
    const own = needs(one, "own-target") ? startOwnTarget : undefined;
    const token = `${this.#options.runToken}${(this.#started += 1).toString(36).padStart(2, "0")}`;
    let stage: Stage | undefined;
    let starting: Promise<OwnTarget> | undefined;
    const trouble = await troubleIn(async () => {
      starting = own?.();
      const room = own === undefined && one.scenario.needsQuiet === true ? await this.#quiet?.enter() : {};
      stage = new Stage({ ...this.#surroundings(token, history, await starting), ...room }, one.axes);
      await one.scenario.run(stage);
    }, stopped);
    if (trouble !== null) await troubleIn(async () => stage?.showLife(), stopped);
    forget();
    limit.clear();
    // What comes from here on is the clearing away's own doing.
    const events = maskedHistory(history.events);
    const durationMs = history.nowMs();
    const lagMaxMs = this.#lag.maxSinceMs(startedMs);
    if (own === undefined && stage !== undefined) this.#claims.finish(stage.sessionsByName());
    await troubleIn(async () => {
      await stage?.dispose();
      await (await starting)?.dispose();
    }, AbortSignal.timeout(disposeLimitMs));
    // What it left behind nobody could tell from what the next case does.
    if (namesNobody(profile.notice))
      await setTimeout(longestEndMs(events, profile) + lateToleranceMs, undefined, { signal }).catch(
        () => undefined,
      );
    if (signal.aborted) return undefined;
    // Nobody else is on a target of one's own.
    const attempt = {
      alone: alone || own !== undefined || namesNobody(profile.notice),
      trouble: trouble === null ? null : secrets.mask(trouble),
      durationMs,
      lagMaxMs,
      events,
    };
    return { token, startedMs, attempt };
  }

  /** What the run as a whole heard too often, each with the case whose actor heard it. */
  #overheard(): Overheard[] {
    const ids = new Map(
      [...this.#attempts].flatMap(([one, all]) => all.map(({ token }) => [token, one.id] as const)),
    );
    return this.#claims.surplus().map((surplus) => {
      const { token, actor } = surplus.listener;
      return { ...surplus, by: `${actor} of ${ids.get(token) ?? "another case"}` };
    });
  }

  #surroundings(token: string, history: History, ownTarget: OwnTarget | undefined): Surroundings {
    const { profile, target, browser, pageFiles } = this.#options;
    return {
      token,
      history,
      profile,
      target: ownTarget?.url ?? target,
      ownTarget,
      claims: ownTarget === undefined ? this.#claims : new Claims(() => performance.now()),
      admission: ownTarget === undefined ? this.#admission : new Admission(profile, ownTarget.url),
      browser,
      pageFiles,
    };
  }
}

type Overheard = Surplus & { readonly by: string };

/** Puts on record what the rest of the run heard too often, also after the case was over. */
function withOverheard({ attempt, token, startedMs }: Attempted, surplus: readonly Overheard[]): Attempt {
  const own = surplus.filter((over) => over.token === token);
  const overheard = own.map(({ client, heard, sessions, by, quotes }, place) => ({
    kind: "overheard" as const,
    actor: "other cases",
    index: attempt.events.length + place,
    atMs: attempt.durationMs,
    client,
    heard,
    sessions,
    by,
    quotes: quotes.map(({ atMs, body }) => ({ atMs: atMs - startedMs, body })),
  }));
  return { ...attempt, events: [...attempt.events, ...maskedHistory(overheard)] };
}

interface Undecided {
  readonly one: Case;
  readonly next: Next;
}

/** A case settles three times at most, each time as patiently as a stage does, by the heartbeats that were negotiated. */
function caseLimitMs(profile: Profile, events: readonly HistoryEvent[]): number {
  const { deadlines, graceMs, heartbeatMs } = profile;
  const periodsMs = ofKind(events, "connected").map(({ clientHeartbeatMs }) => clientHeartbeatMs);
  const longestMs = Math.max(
    visibleDeadlineMaxMs(profile),
    deadlines.silenceIntervals * Math.max(heartbeatMs, ...periodsMs) + graceMs,
    (deadlines.silentMs ?? 0) + graceMs,
    (deadlines.reconcileMs ?? 0) + graceMs,
  );
  // A silent drop is awaited once.
  const dropsMs = ofKind(events, "fault-injected").map(({ fault }) =>
    isSilentDrop(fault) ? silentDropMs(fault, profile) + graceMs : 0,
  );
  // A target of its own may be started twice.
  return caseSlackMs + 2 * (profile.start?.readyMs ?? 0) + 3 * 5 * longestMs + Math.max(0, ...dropsMs);
}

/** By when the leave of any session is due that ends now, in milliseconds from now. */
const longestEndMs = (events: readonly HistoryEvent[], profile: Profile): number =>
  Math.max(
    0,
    ...sessionsOf(events).map(
      (session) => visibleDeadlineMs(session, session.end?.fault ?? "", profile) + profile.graceMs,
    ),
  );
