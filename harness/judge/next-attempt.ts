import { isRefusal } from "../history/refusal.ts";
import type { Profile } from "../profile/profile.ts";
import { wasLate } from "./harness-delay.ts";
import {
  judgeAttempt,
  mayBeOtherCases,
  sawUnclaimed,
  type Attempt,
  type JudgedAttempt,
} from "./judged-attempt.ts";
import type { JudgedCase } from "./judged-case.ts";

/** Number of attempts at a case with a wrong time. The failed ones show how often the target is late. */
const timedAttempts = 3;

/** Ways to repeat a case: `alone`, `again` beside other repeated cases, or `repeat` beside all. */
export type Next = "alone" | "again" | "repeat";

/**
 * Returns the way to repeat a case after these attempts; undefined if no other attempt is needed.
 * - `alone`: an unclaimed leave may belong to another case. Or no attempt proves anything: in each the harness was delayed, a client
 *   was refused, or another case may have caused broken frames.
 * - `again`: a check that measures a time failed.
 * - `repeat`: the case races and has not failed yet.
 * @param repeats the number of attempts at a case that races
 */
export function nextAttempt(
  one: JudgedCase,
  attempts: readonly Attempt[],
  profile: Profile,
  repeats = 1,
): Next | undefined {
  const judged = attempts.map((attempt) => judgeAttempt(one, attempt, profile));
  const isAlone = judged.some(({ alone }) => alone);
  const mayNeedMore = judged.length === 1 || (one.races && !isAlone);
  const proveNothing = judged.every(
    (attempt) => mayBeHeldUp(attempt) || isRefusal(attempt.trouble) || mayBeOtherCases(one, attempt),
  );
  if (mayNeedMore && (judged.some(leftOpen) || proveNothing)) return "alone";
  const timed = new Set(
    Object.values(one.checks)
      .flat()
      .flatMap(({ name, timed: isTimed }) => (isTimed === true ? [name] : [])),
  );
  const wrongTime = judged.some(({ verdicts }) =>
    verdicts.some(({ kind, check }) => kind === "fail" && timed.has(check)),
  );
  if (wrongTime && judged.length < timedAttempts) return "again";
  // Alone, the sessions would not overlap. The first failure shows the race, so more attempts only cost time.
  const mayRepeat = one.races && !isAlone && judged.every(({ kind }) => kind !== "fail");
  return mayRepeat && judged.length < repeats ? "repeat" : undefined;
}

/** Returns true where an unclaimed notice made a check inconclusive. A decided case needs no attempt alone. */
const leftOpen = (attempt: JudgedAttempt): boolean =>
  sawUnclaimed(attempt) && attempt.verdicts.some(({ kind }) => kind === "inconclusive");

/** Returns true also where the delay is too short to explain it. Such an attempt counts, but one alone may show the cause. */
const mayBeHeldUp = (attempt: JudgedAttempt): boolean => attempt.kind === "inconclusive" && wasLate(attempt);
