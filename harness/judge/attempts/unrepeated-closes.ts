import { ofKind } from "../../history/events/events.ts";
import { personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import type { Profile } from "../../profile/profile.ts";
import { kindOfCheck } from "../check-kinds.ts";
import { isSameCheck } from "../judge.ts";
import type { JudgedCase } from "../judged-case.ts";
import type { CheckVerdict } from "../verdict.ts";
import { calmSideBySide, isVoid, lostObserver, type JudgedAttempt } from "./judged-attempt.ts";

/** Maximum share of the attempts at a race in which a close of a living client may come from another case. */
const maxShare = 1 / 3;

/** Returns true for the verdict that the target closed a living client. */
export const isClosing = ({ kind, check }: Pick<CheckVerdict, "kind" | "check">): boolean =>
  kind === "fail" && kindOfCheck(check).id === "others-stay-connected";

/** Returns true for an attempt in which the target closed a living client. */
export const closedLiving = ({ verdicts }: JudgedAttempt): boolean => verdicts.some(isClosing);

const isCalm = ({ sideBySide = 1 }: JudgedAttempt): boolean => sideBySide <= calmSideBySide;

/**
 * Returns true where another attempt beside few cases shows whether this case is why the target closed a living client.
 * @param attempts those that lost no shared observer
 */
export function mayBeUnrepeated(one: JudgedCase, attempts: readonly JudgedAttempt[]): boolean {
  const first = attempts.findIndex(closedLiving);
  return first >= 0 && mayBeOthers(one, attempts) && !attempts.slice(first + 1).some(isCalm);
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
  const own = attempts.filter((attempt) => !lostObserver(attempt));
  const first = own.findIndex(closedLiving);
  if (first < 0 || !mayBeOthers(one, own)) return [];
  const later = own.slice(first + 1).filter(isCalm);
  if (later.some(closedLiving) || !later.some((attempt) => !isVoid(one, attempt, profile))) return [];
  const others = own.filter((attempt) => !closedLiving(attempt)).flatMap(({ verdicts }) => verdicts);
  const isKnown = (failed: CheckVerdict) =>
    others.some((other) => other.kind === "fail" && isSameCheck(other, failed));
  return own.filter(
    (attempt) =>
      closedLiving(attempt) &&
      attempt.verdicts.every(
        (verdict) =>
          verdict.kind !== "fail" || isClosing(verdict) || showsClose(verdict, attempt) || isKnown(verdict),
      ),
  );
}

/** Returns true if other cases may be the cause: some ran at the same time, and the case does not race with its own clients so often. */
function mayBeOthers(one: JudgedCase, attempts: readonly JudgedAttempt[]): boolean {
  const closing = attempts.filter(closedLiving);
  if (closing.some(({ alone, sideBySide = 1 }) => alone || sideBySide === 1)) return false;
  return !one.races || closing.length <= attempts.length * maxShare;
}

/** Returns true where a failed check has no other evidence than the close of a living client, and the client's leave. */
function showsClose(verdict: CheckVerdict, { events, verdicts }: JudgedAttempt): boolean {
  if (verdict.kind !== "fail") return false;
  const closes = verdicts.flatMap((other) =>
    other.kind === "fail" && isClosing(other) ? other.evidence : [],
  );
  const people = sessionsOf(events)
    .filter(({ closed }) => closed !== undefined && closes.includes(closed.index))
    .map(personOf);
  const leaves = ofKind(events, "notice")
    .filter(({ event, client }) => event === "leave" && client !== null && people.includes(client))
    .map(({ index }) => index);
  return (
    verdict.evidence.length > 0 && verdict.evidence.every((index) => [...closes, ...leaves].includes(index))
  );
}
