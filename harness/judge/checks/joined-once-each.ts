import type { Check, CheckKind, Evidence } from "../check.ts";
import { namesNobody, tellsEachLeave, tellsJoins } from "../../history/notice.ts";
import { personOf, sessionsOf, type Session } from "../../history/sessions/sessions.ts";
import { isSentinel } from "../../history/sessions/sentinels.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, notApplicable, pass, type Verdict } from "../verdict.ts";
import { nothingMore } from "./listening.ts";
import { receivedInstead } from "./received-instead.ts";
import { countOf } from "../../util/words.ts";

export const joinedOnceEachKind = { id: "joined-once-each", needsNotice: true } as const satisfies CheckKind;

/**
 * Checks that every observer received one join for each session in which the actor identified. The actor's sessions follow each
 * other, and no other actor is that person.
 */
export function joinedOnceEach(actor: string): Check {
  return {
    name: `${joinedOnceEachKind.id}(${actor})`,
    judge: (evidence) => {
      const { notice, graceMs } = evidence.profile;
      if (!tellsJoins(notice)) return notApplicable("the profile describes no join notice (`notice.join`)");
      if (namesNobody(notice)) return notApplicable("the target's notices name nobody");
      if (graceMs > 0)
        return notApplicable(
          "the target need not announce a client that comes back in the declared grace (`graceMs`)",
        );
      if (notice.repeats) return notApplicable("the target may repeat its notices (`notice.repeats`)");
      const sessions = sessionsOf(evidence.events);
      const own = sessions.filter((s) => s.actor === actor && personOf(s) !== undefined);
      if (own.length === 0) return inconclusive(`${actor} never identified`);
      if (!tellsEachLeave(notice) && sessions.some(({ restarted }) => restarted !== undefined))
        return notApplicable(
          "a roster may list earlier sessions until the restarted target has removed them",
        );
      const evidenceOfAll: number[] = [];
      for (const observer of sessions) {
        if (observer.actor === actor || isSentinel(observer.actor)) continue;
        const verdict = judgeFor(observer, own, evidence);
        if (verdict.kind !== "pass" && verdict.kind !== "not-applicable") return verdict;
        if (verdict.kind === "pass") evidenceOfAll.push(...verdict.evidence);
      }
      return evidenceOfAll.length === 0
        ? inconclusive(`no observer listened when ${actor} identified`)
        : pass(evidenceOfAll);
    },
  };
}

/** Returns the verdict for one observer; not applicable where it did not listen all the time. */
function judgeFor(observer: Session, own: readonly Session[], evidence: Evidence): Verdict {
  const since = observer.subscribed?.index ?? Infinity;
  const identified = own.flatMap((session) => session.identified.slice(0, 1));
  if (observer.end !== undefined || identified.some(({ index }) => index < since))
    return notApplicable("it did not listen all the time");
  const joins = ofKind(evidence.events, "notice").filter(
    ({ event, actor, client, index }) =>
      event === "join" &&
      actor === observer.actor &&
      index > since &&
      own.some((session) => personOf(session) === client),
  );
  const received = joins.map(({ index }) => index);
  const instead =
    joins.length < own.length
      ? receivedInstead(evidence.events, observer.actor, identified[0]?.index ?? Infinity)
      : { words: "", evidence: [] };
  const wrong = fail(
    `${observer.actor} receives ${countOf(own.length, "join")}, one for each session`,
    `it received ${joins.length}${instead.words}`,
    [...identified.map(({ index }) => index), ...received, ...instead.evidence].sort((a, b) => a - b),
  );
  if (joins.length > own.length) return wrong;
  if (observer.closed !== undefined) return notApplicable("it did not listen all the time");
  const listened = nothingMore(evidence);
  if (listened.kind !== "pass") return listened;
  return joins.length < own.length ? wrong : pass(received);
}
