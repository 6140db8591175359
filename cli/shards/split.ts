import type { Case } from "../../harness/scenario/scenario.ts";
import { expectedMs } from "./expected-durations.ts";

/** One part of a run's cases: the `index`th, from 1 on, of so many. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** What a case may take of which nobody has measured its scenario. */
const unknownMs = 6_000;

/** How long a case takes about, in milliseconds, measured on the reference server. Elsewhere the proportions are alike. */
const durationOf = ({ scenario }: Case): number => expectedMs[scenario.id] ?? unknownMs;

/**
 * Shards of about equal length: the longest case first, each to the shard that has least so far. It depends on nothing but the
 * cases, so that each shard's machine comes to the same.
 * @returns the shard's cases, in the order in which they were given
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
