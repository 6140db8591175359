import type { Case } from "../../harness/scenario/scenario.ts";
import { expectedMs } from "./expected-durations.ts";

/** Part of a run's cases: number `index`, from 1, of `of` parts. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** Durations of cases on the target in earlier runs, by case id. */
export type MeasuredDurations = Readonly<Record<string, { readonly durationMs: number }>>;

/** Duration of a case whose scenario has not been measured. */
const unknownMs = 6_000;

/**
 * Selects the cases of one shard. Assigns the longest case first, always to the shard with the least total time. The
 * result depends only on the cases and the measured durations, so every machine that has the same ones computes the same shards.
 * @param measured durations on the target; a case without one takes the duration of its scenario on the reference server
 * @returns the cases of the shard, in the given order
 */
export function inShard(
  cases: readonly Case[],
  { index, of }: Shard,
  measured: MeasuredDurations = {},
): Case[] {
  const durationOf = ({ id, scenario }: Case): number =>
    measured[id]?.durationMs ?? expectedMs[scenario.id] ?? unknownMs;
  const loadsMs = Array.from({ length: of }, () => 0);
  const own = new Set<Case>();
  const longestFirst = cases.toSorted(
    (a, b) => durationOf(b) - durationOf(a) || (a.id < b.id ? -1 : Number(a.id > b.id)),
  );
  for (const one of longestFirst) {
    const least = loadsMs.indexOf(Math.min(...loadsMs));
    loadsMs[least] = (loadsMs[least] ?? 0) + durationOf(one);
    if (least === index - 1) own.add(one);
  }
  return cases.filter((one) => own.has(one));
}
