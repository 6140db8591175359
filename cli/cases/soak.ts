import { seededRandom } from "../../harness/util/random.ts";
import {
  runWatched,
  type WatchedRunOptions,
  type WatchedRunResult,
} from "../../harness/run/death/watched-run.ts";
import { sharedTokenOf } from "../../harness/run/attempt-runner.ts";
import { worstLag } from "../../harness/run/worst-lag.ts";
import { SoakRounds } from "./soak-rounds.ts";

export interface SoakOptions {
  /** Time during which new rounds start, in milliseconds. */
  readonly forMs: number;
  /** Seed of the order of the cases in each round. */
  readonly seed: number;
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
  readonly onRound: (round: number) => void;
}

export interface SoakResult extends WatchedRunResult {
  readonly rounds: number;
}

/**
 * Runs the cases in rounds, each in a random order, until the time is over. A started round is finished, so there is
 * at least one. The worst attempt at a case counts, with its frequency. An abort ends the soak with the results so
 * far.
 */
export async function runSoak(
  options: WatchedRunOptions,
  { forMs, seed, now, onRound }: SoakOptions,
): Promise<SoakResult> {
  const random = seededRandom(seed);
  const cases = [...options.cases.filter(({ id }) => id !== options.lastCase.id), options.lastCase];
  const rounds = new SoakRounds(cases, options.profile);
  const remarks: string[] = [];
  let endedEarly: string | undefined;
  const lags: WatchedRunResult["lag"][] = [];
  const startedMs = now();
  let { earlier } = options;
  do {
    onRound(lags.length + 1);
    // A new token per round keeps late leaves of one round out of the next.
    const runToken = `${options.runToken}${lags.length.toString(36).padStart(3, "0")}`;
    const round = await runWatched({
      ...options,
      cases: shuffled(options.cases, random),
      runToken,
      earlier,
    });
    earlier = { token: sharedTokenOf(runToken), names: [] };
    rounds.add(round.finished);
    lags.push(round.lag);
    remarks.push(...round.remarks);
    ({ endedEarly } = round);
  } while (!options.signal.aborted && endedEarly === undefined && now() - startedMs < forMs);
  return { finished: rounds.finished(), lag: worstLag(lags), remarks, endedEarly, rounds: lags.length };
}

/** Returns the items in a random order, each order equally likely. `random` returns numbers from 0 to below 1. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}
