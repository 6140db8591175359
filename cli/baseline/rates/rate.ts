import type { CaseRecord } from "../../../harness/judge/record.ts";
import { universalChecks } from "../../../harness/judge/universal-checks.ts";
import { worst } from "../../../harness/judge/verdict.ts";
import { tailProbability, upperBound, type Tally } from "./binomial.ts";
import type { BaselineEntry } from "../file.ts";
import { matchesPattern } from "../pattern.ts";

/** Confidence of `maxRate`: the true rate is above it for 1 of 20 entries at most. */
const confidence = 0.95;

/**
 * Highest probability that a run on an unchanged server is red because of a rate. All rates of a run share it (Bonferroni
 * correction), since a run compares hundreds.
 */
export const falseAlarm = 0.01;

/**
 * Returns the highest rate that an entry accepts: the exact upper confidence bound of the rate that the updates saw, rounded up
 * to a thousandth.
 * @returns undefined if every attempt had the verdict
 */
export function maxRateOf(tally: Tally): number | undefined {
  if (tally.occurrences >= tally.attempts) return undefined;
  return Math.min(0.999, Math.ceil(upperBound(tally, confidence) * 1_000) / 1_000);
}

/** Returns true if a rate is above `maxRate` by more than chance explains with probability `level`. */
export const isClearlyHigher = (tally: Tally, maxRate: number, level: number): boolean =>
  tailProbability(tally, maxRate) < level;

/** Returns the attempts at an entry's requirement in one case; undefined if the case did not judge it. */
export function tallyIn(
  { verdicts }: Pick<CaseRecord, "verdicts">,
  { requirement, accepts }: Pick<BaselineEntry, "requirement" | "accepts">,
): Tally | undefined {
  const own = verdicts.filter((one) => one.requirement === requirement && one.kind !== "not-applicable");
  if (own.length === 0) return requirement in universalChecks ? passesOf(verdicts) : undefined;
  const attempts = Math.max(1, ...own.map((one) => one.attempts));
  const kind = worst(own.map((one) => one.kind));
  if (accepts === "inconclusive") return { attempts, occurrences: kind === "inconclusive" ? attempts : 0 };
  // An inconclusive case shows neither a failure nor a pass.
  if (kind === "inconclusive") return undefined;
  return { attempts, occurrences: Math.max(...own.map(({ failedAttempts }) => failedAttempts)) };
}

/** Returns the attempts at a case whose record leaves out a universal check, because it passed. */
function passesOf(verdicts: CaseRecord["verdicts"]): Tally | undefined {
  const attempts = Math.max(0, ...verdicts.map((one) => one.attempts));
  const isOpen = worst(verdicts.map(({ kind }) => kind)) === "inconclusive";
  return attempts === 0 || isOpen ? undefined : { attempts, occurrences: 0 };
}

/**
 * Returns the attempts at an entry's cases, by case. Leaves out a case that another entry names by its id, because that entry has
 * its rate.
 */
export function talliesOf(
  entry: BaselineEntry,
  cases: readonly Pick<CaseRecord, "id" | "verdicts">[],
  entries: readonly BaselineEntry[],
): readonly { readonly id: string; readonly tally: Tally }[] {
  const elsewhere = new Set(
    entries
      .filter(({ requirement, accepts }) => requirement === entry.requirement && accepts === entry.accepts)
      .map((other) => other.cases),
  );
  return cases
    .filter(({ id }) => matchesPattern(entry.cases, id) && (id === entry.cases || !elsewhere.has(id)))
    .flatMap((one) => {
      const tally = tallyIn(one, entry);
      return tally === undefined ? [] : [{ id: one.id, tally }];
    });
}

/** Returns the sum of tallies. */
export const sumOf = (tallies: readonly Tally[]): Tally => ({
  attempts: tallies.reduce((sum, one) => sum + one.attempts, 0),
  occurrences: tallies.reduce((sum, one) => sum + one.occurrences, 0),
});

/** Returns the counts of an entry; undefined if a person wrote it without any. */
export const tallyOf = ({ attempts, occurrences }: BaselineEntry): Tally | undefined =>
  attempts === undefined || occurrences === undefined ? undefined : { attempts, occurrences };

/** Returns a rate as a text such as `12 %`. */
export const percent = (rate: number): string => `${Math.round(rate * 100)} %`;
