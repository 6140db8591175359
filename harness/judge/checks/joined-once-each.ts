import type { Check, CheckKind, Evidence } from "../check.ts";
import { namesNobody, tellsJoins } from "../../history/notice.ts";
import { personOf, sessionsOf, type Session } from "../../history/sessions/sessions.ts";
import { isSentinel } from "../../history/sessions/sentinels.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, notApplicable, pass, type Verdict } from "../verdict.ts";
import { nothingMore } from "./listening.ts";
import { whatCame } from "./received-instead.ts";
import { countOf } from "../../util/words.ts";

export const joinedOnceEachKind = { id: "joined-once-each", needsNotice: true } as const satisfies CheckKind;

/**
 * For each session in which the actor identified, whoever listened heard it come once, and no more often. Its sessions
 * follow each other, and nobody else is that person.
 */
export function joinedOnceEach(actor: string): Check {
  return {
    name: `${joinedOnceEachKind.id}(${actor})`,
    judge: (evidence) => {
      const { notice, graceMs } = evidence.profile;
      if (!tellsJoins(notice)) return notApplicable("the profile describes no join notice");
      if (namesNobody(notice)) return notApplicable("the target's notices name nobody");
      if (graceMs > 0)
        return notApplicable("whoever comes back within the grace need not be told to have come");
      if (notice.repeats) return notApplicable("the target may tell the same again");
      const sessions = sessionsOf(evidence.events);
      const own = sessions.filter((s) => s.actor === actor && personOf(s) !== undefined);
      if (own.length === 0) return inconclusive(`${actor} never identified`);
      const heard: number[] = [];
      for (const observer of sessions) {
        if (observer.actor === actor || isSentinel(observer.actor)) continue;
        const verdict = judgeFor(observer, own, evidence);
        if (verdict.kind !== "pass" && verdict.kind !== "not-applicable") return verdict;
        if (verdict.kind === "pass") heard.push(...verdict.evidence);
      }
      return heard.length === 0 ? inconclusive(`nobody listened when ${actor} came`) : pass(heard);
    },
  };
}

/** Not applicable to one who did not listen for as long as that. */
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
  const told = joins.map(({ index }) => index);
  const came =
    joins.length < own.length
      ? whatCame(evidence.events, observer.actor, identified[0]?.index ?? Infinity)
      : { words: "", evidence: [] };
  const wrong = fail(
    `${observer.actor} hears ${countOf(own.length, "join")}, one for each session`,
    `it heard ${joins.length}${came.words}`,
    [...identified.map(({ index }) => index), ...told, ...came.evidence].sort((a, b) => a - b),
  );
  if (joins.length > own.length) return wrong;
  if (observer.closed !== undefined) return notApplicable("it did not listen all the time");
  const listened = nothingMore(evidence);
  if (listened.kind !== "pass") return listened;
  return joins.length < own.length ? wrong : pass(told);
}
