import type { CheckVerdict, VerdictKind } from "../../../harness/judge/verdict.ts";
import type { Case } from "../../../harness/scenario/scenario.ts";
import { probabilityOfChange } from "./binomial.ts";
import type { Baseline, BaselineEntry } from "../file.ts";
import { casesAsking, passesByChanceMax } from "../judge-entry.ts";
import { isRandom, racesOf } from "./further-races.ts";
import { falseAlarm, tallyOf } from "./rate.ts";

/** Highest number of attempts at one case that a baseline asks for. */
const attemptsMax = 10;

/**
 * Returns the number of attempts that a case needs, so that its rate can be compared with the baseline. A case of an entry with
 * `maxRate` that fails needs so many that a failure in each can't be chance. A case that always failed and passes needs so many
 * that they can't be a race. Ten at most.
 *
 * The first attempt decides about the others. The counts stay unbiased: the expected number of failures is the rate times the
 * expected number of attempts (Wald, "On cumulative sums of random variables", Annals of Mathematical Statistics 15, 1944).
 *
 * A requirement that races in other cases may race here. Such a failure needs ten attempts.
 * @param cases cases of the run
 * @returns a function of a case and the verdicts of its first attempt; it returns undefined if one attempt is enough
 */
export function wantedAttempts(
  { entries, updates = 0 }: Baseline,
  cases: readonly Case[],
): (
  one: Pick<Case, "id" | "checks">,
  first: readonly Pick<CheckVerdict, "requirement" | "kind">[],
) => number | undefined {
  const races = entries.filter(({ maxRate }) => maxRate !== undefined);
  const comparisons = races.reduce((sum, entry) => sum + 1 + casesAsking(entry, cases).length, 1);
  const level = falseAlarm / comparisons;
  return (one, first) => {
    const passes = first.every(({ kind }) => kind === "pass" || kind === "not-applicable");
    const has = (requirement: string, wanted: VerdictKind) =>
      first.some((verdict) => verdict.requirement === requirement && verdict.kind === wanted);
    const own = entries.filter((entry) => casesAsking(entry, [{ ...one, needs: [] }]).length > 0);
    const wanted = own.map((entry) =>
      entry.maxRate === undefined
        ? passes && updates >= 2
          ? forPasses(entry)
          : 1
        : has(entry.requirement, entry.accepts ?? "fail")
          ? forRate(entry.maxRate, level)
          : 1,
    );
    const named = new Set(own.flatMap((entry) => (entry.accepts === undefined ? entry.requirement : [])));
    const mayRace = first.some(
      ({ requirement, kind }) =>
        kind === "fail" &&
        !named.has(requirement) &&
        !isRandom(one.id) &&
        racesOf(requirement, entries).length > 0,
    );
    const most = Math.max(mayRace ? attemptsMax : 1, ...wanted);
    return most > 1 ? most : undefined;
  };
}

/** Returns the smallest number of failures in a row that a rate explains with a probability below `level`. */
const forRate = (maxRate: number, level: number): number =>
  Math.min(attemptsMax, Math.max(2, Math.floor(Math.log(level) / Math.log(maxRate)) + 1));

/** Returns the smallest number of passes after which an entry without a rate is obsolete. */
function forPasses(entry: BaselineEntry): number {
  const failed = tallyOf(entry)?.attempts;
  if (failed === undefined) return 1;
  let passes = 1;
  while (passes < attemptsMax && probabilityOfChange(failed, passes) >= passesByChanceMax) passes += 1;
  return passes;
}
