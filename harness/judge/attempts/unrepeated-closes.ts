import { actorOfCheck, kindOfCheck } from "../check-kinds.ts";
import { isSameCheck } from "../judge.ts";
import { calmSideBySide, isVoid, type JudgedAttempt } from "./judged-attempt.ts";
import type { JudgedCase } from "../judged-case.ts";
import type { Profile } from "../../profile/profile.ts";
import type { CheckVerdict } from "../verdict.ts";

/** Maximum share of the attempts at a race in which a close of a living client may come from another case. */
const maxShare = 1 / 3;

/** Returns true for the verdict that the target closed a living client. */
export const isClosing = ({ kind, check }: Pick<CheckVerdict, "kind" | "check">): boolean =>
  kind === "fail" && kindOfCheck(check).id === "others-stay-connected";

/** Returns true for an attempt in which the target closed a living client. */
export const closedLiving = ({ verdicts }: JudgedAttempt): boolean => verdicts.some(isClosing);

const isCalm = ({ sideBySide = 1 }: JudgedAttempt): boolean => sideBySide <= calmSideBySide;

/** Returns true where another attempt beside few cases shows whether this case is why the target closed a living client. */
export function mayBeUnrepeated(one: JudgedCase, attempts: readonly JudgedAttempt[]): boolean {
  const first = attempts.findIndex(closedLiving);
  return first >= 0 && isRare(one, attempts) && !attempts.slice(first + 1).some(isCalm);
}

/**
 * Returns the attempts in which the target closed a living client, if a later attempt beside few cases does not repeat it. Another
 * case's doing is the more likely cause, so these closes are findings of the run. An attempt with another failure that no other attempt has counts as
 * usual.
 */
export function unrepeatedCloses(
  one: JudgedCase,
  attempts: readonly JudgedAttempt[],
  profile: Profile,
): JudgedAttempt[] {
  const first = attempts.findIndex(closedLiving);
  if (first < 0 || !isRare(one, attempts)) return [];
  const later = attempts.slice(first + 1).filter(isCalm);
  const isRepeated = later.some(closedLiving) || !later.some((attempt) => !isVoid(one, attempt, profile));
  if (isRepeated) return [];
  const others = attempts.filter((attempt) => !closedLiving(attempt)).flatMap(({ verdicts }) => verdicts);
  const isKnown = (failed: CheckVerdict) =>
    others.some((other) => other.kind === "fail" && isSameCheck(other, failed));
  return attempts.filter((attempt) => {
    const closed = actorsClosed(attempt);
    return (
      closed.size > 0 &&
      attempt.verdicts.every(
        (verdict) =>
          verdict.kind !== "fail" ||
          isClosing(verdict) ||
          closed.has(actorOfCheck(verdict.check)) ||
          isKnown(verdict),
      )
    );
  });
}

/** Returns the living clients that the target closed. Other checks of these clients say the same. */
const actorsClosed = ({ events, verdicts }: JudgedAttempt): Set<string | undefined> =>
  new Set(
    verdicts.flatMap((verdict) =>
      verdict.kind === "fail" && isClosing(verdict)
        ? verdict.evidence.flatMap((index) => events[index]?.actor ?? [])
        : [],
    ),
  );

/** A race that often closes a living client may not do so in the one calm attempt. */
const isRare = (one: JudgedCase, attempts: readonly JudgedAttempt[]): boolean => {
  const closing = attempts.filter(closedLiving).length;
  return !one.races || closing === 1 || closing <= attempts.length * maxShare;
};
