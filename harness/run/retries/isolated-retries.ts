import type { Attempt } from "../../judge/attempts/judged-attempt.ts";
import type { CaseRecord } from "../../judge/record.ts";
import type { Case } from "../../scenario/scenario.ts";

/**
 * Maximum number of failed cases that are retried alone, maximum among them whose check fails in most cases, and longest
 * duration of one in milliseconds. Nothing overlaps with a case that runs alone.
 */
const casesMax = 5;
const usualMax = 2;
const longestMs = 10_000;

/** A case with its record and all attempts. */
interface RunCase {
  readonly one: Case;
  readonly record: CaseRecord;
  readonly attempts: readonly Attempt[];
}

/**
 * Selects failed cases for another attempt alone: the shortest of each check. Checks that pass in most cases come first. Two
 * cases are enough for checks that fail in most cases.
 */
export function selectIsolatedRetries(asked: readonly RunCase[]): readonly Case[] {
  const checks = [...tally(asked).values()];
  const rare = checks.filter(({ passed, failed }) => failed.length < passed).flatMap(shortest);
  const usual = checks.filter(({ passed, failed }) => failed.length >= passed).flatMap(shortest);
  const wanted = [...rare.sort(byDuration), ...usual.sort(byDuration).slice(0, usualMax)];
  return [...new Set(wanted.map(({ one }) => one))].slice(0, casesMax);
}

interface Tally {
  passed: number;
  readonly failed: RunCase[];
}

/** Returns for each check the cases that failed and the number that passed. */
function tally(asked: readonly RunCase[]): ReadonlyMap<string, Tally> {
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

const shortest = ({ failed }: Tally): RunCase[] => failed.filter(mayRunAlone).sort(byDuration).slice(0, 1);

/**
 * Returns true if an attempt alone can add something. A case that has already run alone, or passed beside others, needs none.
 * Histories of a property are replayed elsewhere.
 */
const mayRunAlone = ({ one: { scenario }, record, attempts }: RunCase): boolean =>
  scenario.waitsLong !== true &&
  scenario.isProperty !== true &&
  record.durationMs <= longestMs &&
  attempts.length > 0 &&
  record.verdicts.every(({ passedAttempts = 0 }) => passedAttempts === 0) &&
  attempts.every(({ alone }) => !alone);

const byDuration = (a: RunCase, b: RunCase): number => a.record.durationMs - b.record.durationMs;
