import type { ExpectedCase } from "./expected-cases.ts";

/** State of a case in a run. Times are in milliseconds. */
export interface CaseState extends ExpectedCase {
  /** Durations of the attempts that have ended. */
  readonly tookMs: readonly number[];
  /** Time since the running attempt began; undefined if none runs. */
  readonly runningMs: number | undefined;
  /** Number of attempts that are still to begin. */
  readonly attemptsLeft: number;
  /** True if the case has no verdict, and the runner has not announced another attempt. */
  readonly isOpen?: boolean;
}

/** State of a run, as far as the estimate needs it. */
export interface RunState {
  readonly cases: readonly CaseState[];
  /** Maximum number of cases that run at the same time. */
  readonly workers: number;
  /** Maximum number of retries that run at the same time. */
  readonly retriesAtOnce: number;
}

/** Number of attempts that took as long as expected, with which those of this run are averaged. */
const priorAttempts = 10;

/** Number of open cases of a scenario that are expected to run again: a guess, since the runner tries samples of larger groups. */
const openMax = 5;

/** Multiple of the predicted duration after which a running attempt counts as one that misses its deadlines. */
const lateTimes = 1.6;

/** Least remaining time of a running attempt, as a share of its age. Without it the estimate would say "done" and then jump. */
const leastShare = 1 / 4;

/**
 * Estimates the remaining time of a run, in milliseconds. Each case takes as long as the other cases of its scenario did in this
 * run. A scenario without a result takes its expected duration, and as much more as the attempts of this run did on average. Retries count once they are planned, and before that a few for each scenario.
 *
 * Bound: If each duration is predicted within a factor q, the estimate is within 1.5 q of the truth. With n places, work of S in
 * all and a longest case of M, any order of the cases takes between max(S/n, M) and S/n + M(1 - 1/n) (Graham, “Bounds on
 * Multiprocessing Timing Anomalies”, 1969). The second is at most twice the first, and the estimate is their mean.
 */
export function estimateLeftMs({ cases, workers, retriesAtOnce }: RunState): number {
  const predicted = predictor(cases);
  const phases = [...new Set(cases.map(({ phase }) => phase))].map((phase) => {
    const own = cases.filter((one) => one.phase === phase);
    const firsts = own.filter((one) => one.runningMs !== undefined || isQueued(one));
    const placed = firsts.filter(({ waitsLong }) => !waitsLong);
    return timeOf(
      placed.map((one) => firstLeftMs(one, predicted(one))),
      firsts.map((one) => firstLeftMs(one, predicted(one))),
      placesIn(placed, workers),
    );
  });
  const open = new Map<string, number>();
  const retries = cases
    .filter(({ tookMs, attemptsLeft }) => tookMs.length > 0 && attemptsLeft > 0)
    .filter(({ isOpen, scenario }) => {
      const before = open.get(scenario) ?? 0;
      if (isOpen === true) open.set(scenario, before + 1);
      return isOpen !== true || before < openMax;
    })
    .map((one) => one.attemptsLeft * predicted(one));
  return [...phases, timeOf(retries, retries, retriesAtOnce)].reduce((sum, ms) => sum + ms, 0);
}

const isQueued = ({ tookMs, runningMs, attemptsLeft }: CaseState): boolean =>
  tookMs.length === 0 && runningMs === undefined && attemptsLeft > 0;

/** Returns the remaining time of a queued or a running attempt. */
function firstLeftMs({ runningMs, failingMs }: CaseState, predictedMs: number): number {
  if (runningMs === undefined) return predictedMs;
  const endMs = runningMs < lateTimes * predictedMs ? predictedMs : failingMs;
  return Math.max(endMs - runningMs, runningMs * leastShare);
}

/**
 * Returns the number of places: those taken while others queue. A busy machine uses fewer than `workers`, and cases that only wait for
 * the target leave their places to others. At first the cases start one after the other, so that the number counts only by its age.
 */
function placesIn(placed: readonly CaseState[], workers: number): number {
  const ages = placed.flatMap(({ runningMs }) => runningMs ?? []);
  if (!placed.some(isQueued)) return Math.max(workers, ages.length);
  const share = Math.min(1, Math.max(0, ...ages) / rampMs);
  return share * ages.length + (1 - share) * workers;
}

/** Time in which the first cases of a run start one after the other, in milliseconds. */
const rampMs = 5_000;

/** Returns the mean of the bounds for work on so many places. See `estimateLeftMs`. */
function timeOf(work: readonly number[], single: readonly number[], places: number): number {
  const n = Math.max(1, Math.min(places, work.length));
  const share = work.reduce((sum, ms) => sum + ms, 0) / n;
  const longest = Math.max(0, ...single);
  const longestWork = Math.max(0, ...work);
  return (Math.max(share, longest) + Math.max(longest, share + longestWork * (1 - 1 / n))) / 2;
}

/** Attempts of a scenario or a run, and their durations in milliseconds. */
interface Pace {
  attempts: number;
  tookMs: number;
  expectedMs: number;
  failingMs: number;
}

/** Returns a function that predicts the duration of an attempt at a case. */
function predictor(cases: readonly CaseState[]): (one: CaseState) => number {
  const newPace = (): Pace => ({ attempts: 0, tookMs: 0, expectedMs: 0, failingMs: 0 });
  const whole = newPace();
  const scenarios = new Map<string, Pace>();
  for (const { scenario, tookMs, runningMs = 0, expectedMs, failingMs } of cases) {
    const own = scenarios.get(scenario) ?? newPace();
    scenarios.set(scenario, own);
    // An attempt that runs longer than expected shows the pace before it ends.
    const late = runningMs > expectedMs ? [runningMs] : [];
    for (const ms of [...tookMs, ...late])
      for (const pace of [own, whole]) {
        pace.attempts += 1;
        pace.tookMs += ms;
        pace.expectedMs += expectedMs;
        pace.failingMs += failingMs;
      }
  }
  // A slow target or machine adds to each attempt about as much, and declared waits become neither longer nor shorter.
  const delayMs = Math.max(0, whole.tookMs - whole.expectedMs) / (whole.attempts + priorAttempts);
  return ({ scenario, expectedMs, failingMs, tookMs }) => {
    const own = scenarios.get(scenario);
    const last = tookMs.at(-1);
    if (last !== undefined) return last;
    if (own === undefined || own.expectedMs === 0) return expectedMs + delayMs;
    const spread = own.failingMs - own.expectedMs;
    if (spread <= 0) return expectedMs * (own.tookMs / own.expectedMs);
    // Cases on one transport wait for a second, those on another for a minute. So their durations are not compared, but two other things: the
    // share of deadlines that the target misses, and the time that each attempt takes beyond its wait.
    const missed = Math.min(1, Math.max(0, (own.tookMs - own.expectedMs) / spread));
    const beside = (own.tookMs - own.expectedMs - missed * spread) / own.attempts;
    return Math.max(expectedMs / 4, expectedMs + missed * (failingMs - expectedMs) + beside);
  };
}
