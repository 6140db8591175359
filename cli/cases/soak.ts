import { seededRandom } from "../../harness/util/random.ts";
import type { RunRecord } from "../../harness/judge/record.ts";
import { runCases, type RunResult } from "../../harness/run/runner.ts";
import type { RunOptions } from "../../harness/run/run-options.ts";
import { Rounds } from "./rounds.ts";

export interface Soak {
  /** No round begins later than this after the first did, in milliseconds. */
  readonly forMs: number;
  /** The order of each round comes from it. */
  readonly seed: number;
  /** A clock that only goes forward, in milliseconds. */
  readonly now: () => number;
  readonly onRound: (round: number) => void;
}

export interface SoakResult extends RunResult {
  readonly rounds: number;
}

/**
 * Runs the cases in rounds, each in an order of its own, for as long as is asked; a round that has begun is brought to its
 * end, and there is one at least. Each case is judged by all its attempts: the worst holds, with how often it was so. When
 * the signal aborts, what was run until then is what there is.
 */
export async function runSoak(options: RunOptions, { forMs, seed, now, onRound }: Soak): Promise<SoakResult> {
  const random = seededRandom(seed);
  const rounds = new Rounds(options.cases, options.profile);
  const lags: RunResult["lag"][] = [];
  const startedMs = now();
  do {
    onRound(lags.length + 1);
    const { finished, lag } = await runCases({
      ...options,
      cases: shuffled(options.cases, random),
      // A leave that comes a round late must not be taken for one of this round.
      runToken: `${options.runToken}${lags.length.toString(36).padStart(3, "0")}`,
    });
    rounds.add(finished);
    lags.push(lag);
  } while (!options.signal.aborted && now() - startedMs < forMs);
  return { finished: rounds.finished(), lag: worstOf(lags), rounds: lags.length };
}

/** In an order that is as likely as any other; `random` gives numbers from 0 up to 1. */
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
