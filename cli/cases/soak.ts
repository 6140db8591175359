import { seededRandom } from "../../harness/util/random.ts";
import type { RunRecord } from "../../harness/judge/record.ts";
import { runCases, type RunResult } from "../../harness/run/runner.ts";
import type { RunOptions } from "../../harness/run/run-options.ts";
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

export interface SoakResult extends RunResult {
  readonly rounds: number;
}

/**
 * Runs the cases in rounds, each in a random order, until the time is over. A started round is finished, so there is
 * at least one. The worst attempt at a case counts, with its frequency. An abort ends the soak with the results so
 * far.
 */
export async function runSoak(
  options: RunOptions,
  { forMs, seed, now, onRound }: SoakOptions,
): Promise<SoakResult> {
  const random = seededRandom(seed);
  const rounds = new SoakRounds(options.cases, options.profile);
  const lags: RunResult["lag"][] = [];
  const startedMs = now();
  do {
    onRound(lags.length + 1);
    const { finished, lag } = await runCases({
      ...options,
      cases: shuffled(options.cases, random),
      // A new token per round keeps late leaves of one round out of the next.
      runToken: `${options.runToken}${lags.length.toString(36).padStart(3, "0")}`,
    });
    rounds.add(finished);
    lags.push(lag);
  } while (!options.signal.aborted && now() - startedMs < forMs);
  return { finished: rounds.finished(), lag: worstOf(lags), rounds: lags.length };
}

/** Returns the items in a random order, each order equally likely. `random` returns numbers from 0 to below 1. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}

function worstOf(lags: readonly RunRecord["lag"][]): RunRecord["lag"] {
  const most = (of: (lag: RunRecord["lag"]) => number) => Math.max(...lags.map(of));
  return {
    p50Ms: most((lag) => lag.p50Ms),
    maxMs: most((lag) => lag.maxMs),
    proxy: { p50Ms: most(({ proxy }) => proxy.p50Ms), maxMs: most(({ proxy }) => proxy.maxMs) },
  };
}
