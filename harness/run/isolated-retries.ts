import type { Attempt } from "../judge/attempts.ts";
import type { CaseRecord } from "../judge/record.ts";
import type { Case } from "../scenario/scenario.ts";

/**
 * How many failed cases are tried once more alone, how many of those whose check fails in most cases, and how long one may
 * have taken, in milliseconds: alone nothing overlaps with it.
 */
const casesMax = 5;
const usualMax = 2;
const longestMs = 10_000;

/** A case with what the run has seen of it. */
interface Asked {
  readonly one: Case;
  readonly record: CaseRecord;
  readonly attempts: readonly Attempt[];
}

/**
 * Returns the failed cases that are worth another attempt alone: the shortest of each check. Checks that fail in fewer cases
 * than they pass in come first. Of those that fail in most cases two are enough.
 */
export function worthAlone(asked: readonly Asked[]): readonly Case[] {
  const checks = [...tally(asked).values()];
  const rare = checks.filter(({ passed, failed }) => failed.length < passed).flatMap(shortest);
  const usual = checks.filter(({ passed, failed }) => failed.length >= passed).flatMap(shortest);
  const wanted = [...rare.sort(byDuration), ...usual.sort(byDuration).slice(0, usualMax)];
  return [...new Set(wanted.map(({ one }) => one))].slice(0, casesMax);
}

interface Tally {
  passed: number;
  readonly failed: Asked[];
}

/** In which cases each check failed, and in how many it passed. */
function tally(asked: readonly Asked[]): ReadonlyMap<string, Tally> {
  const checks = new Map<string, Tally>();
  for (const each of asked) {
    for (const { requirement, check, kind } of each.record.verdicts) {
      const key = `${requirement} ${check}`;
      const own = checks.get(key) ?? { passed: 0, failed: [] };
      checks.set(key, own);
      if (kind === "pass") own.passed += 1;
      if (kind === "fail") own.failed.push(each);
    }
  }
  return checks;
}

const shortest = ({ failed }: Tally): Asked[] => failed.filter(mayRunAlone).sort(byDuration).slice(0, 1);

/**
 * One that has already run alone, or passed beside others, tells what there is to tell; a history of a property is played again
 * elsewhere.
 */
const mayRunAlone = ({ one: { scenario }, record, attempts }: Asked): boolean =>
  scenario.waitsLong !== true &&
  scenario.isProperty !== true &&
  record.durationMs <= longestMs &&
  attempts.length > 0 &&
  record.verdicts.every(({ passedAttempts = 0 }) => passedAttempts === 0) &&
  attempts.every(({ alone }) => !alone);

const byDuration = (a: Asked, b: Asked): number => a.record.durationMs - b.record.durationMs;
