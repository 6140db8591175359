import { lagAllowanceMs, lateToleranceMs, sumOfLagsMs } from "../../history/lateness.ts";
import { latenessesOf } from "../../history/leaves/late-leaves.ts";
import { isRefusal } from "../../history/refusal.ts";
import type { Profile } from "../../profile/profile.ts";
import { wasLate } from "./harness-delay.ts";
import {
  calmSideBySide,
  isTimed,
  judgeAttempt,
  lostObserver,
  mayBeOtherCases,
  sawUnclaimed,
  type Attempt,
  type JudgedAttempt,
} from "./judged-attempt.ts";
import type { JudgedCase } from "../judged-case.ts";
import { closedLiving, isClosing, mayBeUnrepeated } from "./unrepeated-closes.ts";

/** Number of attempts at a case with a wrong time. The failed ones show how often the target is late. */
const timedAttempts = 3;

/**
 * Ways to repeat a case: `repeat` beside all others, `own` the same with observers of its own, `calm` and `again` beside few others,
 * `alone`, or `explained`: the likeliest causes of an unclaimed notice run alone.
 */
export type Next = "repeat" | "own" | "calm" | "again" | "alone" | "explained";

/**
 * Returns the way to repeat a case after these attempts; undefined if no other attempt is needed.
 * - `own`: the case lost an observer that it shared with others.
 * - `explained`: an unclaimed leave may belong to another case.
 * - `calm`: no attempt proves anything: in each the harness was delayed, or a client was refused. Or the target closed a living client, perhaps
 *   by another case's doing.
 * - `alone`: the same after a calm attempt that a delay explains, or in which a client was refused; or another case may have caused broken
 *   frames.
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
  if (judged.every(lostObserver)) return "own";
  const isAlone = judged.some(({ alone }) => alone);
  const found = judged.filter((attempt) => !lostObserver(attempt));
  const calm = found.filter(({ sideBySide = 1 }) => sideBySide <= calmSideBySide);
  const mayNeedMore = found.length === 1 || (one.races && !isAlone);
  // Alone, the sessions would not overlap. The first failure shows the race, so more attempts only cost time.
  const mayRepeat =
    one.races && !isAlone && found.every((attempt) => attempt.kind !== "fail" || failsByClose(attempt));
  const repeat = mayRepeat && found.length < repeats ? "repeat" : undefined;
  if (found.some(closedLiving) && repeat !== undefined) return repeat;
  if (mayBeUnrepeated(one, found)) return "calm";
  if (mayNeedMore && found.some(leftOpen)) return "explained";
  const isOpen = (attempt: JudgedAttempt) => mayBeHeldUp(attempt) || isRefusal(attempt.trouble);
  if (found.every((attempt) => isOpen(attempt) || mayBeOtherCases(one, attempt))) {
    const isOfOthers = found.some((attempt) => mayBeOtherCases(one, attempt));
    if (mayNeedMore && calm.length === 0 && !isOfOthers) return "calm";
    const provesNothing = (attempt: JudgedAttempt) =>
      isRefusal(attempt.trouble) || (attempt.heldUp && mayBeDelayed(attempt, profile));
    const isCalmInVain = found.length === 2 && calm.length === 1 && calm.every(provesNothing);
    if (mayNeedMore || (isCalmInVain && !isAlone)) return "alone";
    if (found.length === 2 && !isAlone && calm.some(leftOpen)) return "explained";
  }
  const wrongTime = found.some(({ verdicts }) =>
    verdicts.some(({ kind, check }) => kind === "fail" && isTimed(one, check)),
  );
  if (wrongTime && (found.length < timedAttempts || calm.length < timedAttempts - 1)) return "again";
  return repeat;
}

/** Returns true where the attempt failed only because the target closed a living client. */
const failsByClose = ({ verdicts }: JudgedAttempt): boolean =>
  verdicts.every((verdict) => verdict.kind !== "fail" || isClosing(verdict));

/** Returns true where an unclaimed notice made a check inconclusive. A decided case needs no attempt alone. */
const leftOpen = (attempt: JudgedAttempt): boolean =>
  sawUnclaimed(attempt) && attempt.verdicts.some(({ kind }) => kind === "inconclusive");

/**
 * Returns true if the harness's own delay may be what left the attempt open: a long one, or one that made a leave late. Leaves that came still later
 * were late by the target, and another attempt would be open, too.
 */
function mayBeDelayed({ events, lagMaxMs }: JudgedAttempt, profile: Profile): boolean {
  const late = latenessesOf(events, profile);
  const lagMs = Math.max(lagMaxMs, sumOfLagsMs(events, -Infinity, Infinity));
  if (Math.max(0, ...late) > lagMs + lateToleranceMs) return false;
  return lagMaxMs > lagAllowanceMs || late.length > 0;
}

/** Returns true also where the delay is too short to explain it. Such an attempt counts, but one alone may show the cause. */
const mayBeHeldUp = (attempt: JudgedAttempt): boolean => attempt.kind === "inconclusive" && wasLate(attempt);
