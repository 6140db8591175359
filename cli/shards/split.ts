import type { Case } from "../../harness/scenario/scenario.ts";
import { expectedMs } from "./expected-durations.ts";

/** Part of a run's cases: number `index`, from 1, of `of` parts. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** Duration of a case whose scenario has not been measured. */
const unknownMs = 6_000;

/**
 * Returns the approximate duration of a case in milliseconds, measured on the reference server. Other servers have
 * similar proportions.
 */
const durationOf = ({ scenario }: Case): number => expectedMs[scenario.id] ?? unknownMs;

/**
 * Selects the cases of one shard. Assigns the longest case first, always to the shard with the least total time. The
 * result depends only on the cases, so every machine computes the same shards.
 * @returns the cases of the shard, in the given order
 */
export function inShard(cases: readonly Case[], { index, of }: Shard): Case[] {
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
