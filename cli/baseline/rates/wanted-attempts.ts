import type { VerdictKind } from "../../../harness/judge/verdict.ts";
import type { Case } from "../../../harness/scenario/scenario.ts";
import { probabilityOfChange } from "./binomial.ts";
import type { Baseline, BaselineEntry } from "../file.ts";
import { casesAsking, passesByChanceMax } from "../judge-entry.ts";
import { falseAlarm, tallyOf } from "./rate.ts";

/** Highest number of attempts at one case that a baseline asks for. */
const attemptsMax = 10;

/** Number of attempts of an update at a case that passes, if other cases show its requirement to race. */
const attemptsOfUpdate = 5;

/**
 * Returns the number of attempts that a case needs, so that its rate can be compared with the baseline. A case of an entry with
 * `maxRate` that fails needs so many that a failure in each can't be chance. A case that always failed and passes needs so many
 * that they can't be a race. Ten at most.
 *
 * The first attempt decides about the others. The counts stay unbiased: the expected number of failures is the rate times the
 * expected number of attempts (Wald, "On cumulative sums of random variables", Annals of Mathematical Statistics 15, 1944).
 *
 * An update looks for further cases of a race, so it also repeats passing cases of the requirement.
 * @param cases cases of the run
 * @param isUpdate true if the run updates the baseline
 * @returns a function of a case and the verdict of its first attempt; it returns undefined if one attempt is enough
 */
export function wantedAttempts(
  { entries, updates = 0 }: Baseline,
  cases: readonly Case[],
  isUpdate = false,
): (one: Pick<Case, "id" | "checks">, first: VerdictKind) => number | undefined {
  const races = entries.filter(({ maxRate }) => maxRate !== undefined);
  const comparisons = races.reduce((sum, entry) => sum + 1 + casesAsking(entry, cases).length, 1);
  const level = falseAlarm / comparisons;
  const racing = new Set(races.flatMap((entry) => (entry.accepts === undefined ? entry.requirement : [])));
  return (one, first) => {
    const own = entries.filter((entry) => casesAsking(entry, [{ ...one, needs: [] }]).length > 0);
    const wanted = own.map((entry) =>
      entry.maxRate === undefined
        ? first === "pass" && updates >= 2
          ? forPasses(entry)
          : 1
        : first === (entry.accepts ?? "fail")
          ? forRate(entry.maxRate, level)
          : 1,
    );
    const mayRace = isUpdate && first === "pass" && Object.keys(one.checks).some((id) => racing.has(id));
    const most = Math.max(mayRace ? attemptsOfUpdate : 1, ...wanted);
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
