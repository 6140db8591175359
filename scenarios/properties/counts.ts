import type { Check, Evidence } from "../../harness/judge/check.ts";
import { absenceProof } from "../../harness/judge/checks/listening.ts";
import { replacementsOf } from "../../harness/history/leaves/undue-leaves.ts";
import { matchLeaves } from "../../harness/history/leaves/matching.ts";
import { countsNotices, tellsJoins } from "../../harness/history/notice.ts";
import { personOf, sessionsOf, type Session } from "../../harness/history/sessions/sessions.ts";
import { observersOf } from "../../harness/history/sessions/observers.ts";
import { ofKind } from "../../harness/history/events/events.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import { fail, inconclusive, notApplicable, pass, type Verdict } from "../../harness/judge/verdict.ts";
import { endedIn, noSuchSession, relationOf, worstOf } from "./sessions.ts";

/*
 * With several sessions of one person, a notice cannot be assigned to one session. If the target announces each session,
 * the checks can compare the number of joins with the number of leaves.
 */

/**
 * Returns a check: each name with an identify on its way has as many leaves as joins, apart from clients still present.
 */
export const noMoreComeThanLeft = (): Check => ({
  name: "no-more-come-than-left",
  judge: (evidence) =>
    counted(
      evidence,
      (session) =>
        session.held !== undefined && replacementsOf(evidence.events, personOf(session) ?? "").length === 0,
      (session, observer) => comeAndLeft(session, observer, evidence),
    ),
});

/**
 * Returns a check: the leaves never outnumber the joins. Another check covers duplicate notices.
 */
export const noneLeftBeforeTheyCame = (): Check => ({
  name: "none-left-before-they-came",
  judge: (evidence) =>
    counted(
      evidence,
      () => true,
      (session, observer) => leftAndCome(session, observer, evidence),
    ),
});

function counted(
  evidence: Evidence,
  of: (session: Session) => boolean,
  count: (session: Session, observer: Session) => Verdict | undefined,
): Verdict {
  if (!countsSessions(evidence.profile))
    return notApplicable("the target does not tell how often somebody came and left");
  const verdicts = endedIn(evidence)
    .filter((session) => relationOf(session, evidence) !== "none" && of(session))
    .flatMap((session) =>
      observersOf(session, evidence.events).flatMap((observer) => count(session, observer) ?? []),
    );
  return verdicts.length === 0 ? notApplicable(noSuchSession) : worstOf(verdicts);
}

const countsSessions = ({ sessions, notice }: Profile): boolean =>
  sessions === "each" && countsNotices(notice) && tellsJoins(notice);

function comeAndLeft(session: Session, { actor }: Session, evidence: Evidence): Verdict {
  const { events } = evidence;
  const person = personOf(session);
  const there = sessionsOf(events).filter((s) => personOf(s) === person && s.end === undefined).length;
  const heard = ofKind(events, "notice").filter((n) => n.actor === actor && n.client === person);
  const joins = heard.filter(({ event }) => event === "join").length;
  const leaves = heard.length - joins;
  const proof = absenceProof(evidence, actor);
  if (typeof proof === "string") return inconclusive(proof);
  const shown = [...heard.map(({ index }) => index), proof];
  if (joins <= leaves + there) return pass(shown);
  return fail(
    `${actor} hears ${joins - there} leaves of "${person}", who was told to come ${joins} times and is there ${there} times`,
    `it heard ${leaves}: a ghost is left`,
    shown,
  );
}

/**
 * @returns undefined if the observer subscribed too late for some joins, received no leave, or received more leaves than
 *   there were ends
 */
function leftAndCome(
  session: Session,
  { actor, subscribed }: Session,
  { events, profile }: Evidence,
): Verdict | undefined {
  const person = personOf(session) ?? "";
  const first = ofKind(events, "identify-sent").find(({ client }) => client === person);
  const { matched, undue } = matchLeaves(events, profile, actor, person);
  const leaves = matched.map(([, { index }]) => index);
  const isLate = (subscribed?.index ?? Infinity) > (first?.index ?? 0);
  if (leaves.length === 0 || undue.length > 0 || isLate) return undefined;
  const joins = ofKind(events, "notice").flatMap((n) =>
    n.event === "join" && n.actor === actor && n.client === person ? [n.index] : [],
  );
  const upTo = (places: readonly number[], index: number) => places.filter((one) => one <= index).length;
  const early = leaves.find((index) => upTo(leaves, index) > upTo(joins, index));
  if (early === undefined) return pass([...joins, ...leaves]);
  return fail(
    `${actor} hears "${person}" come before it hears of a leave`,
    `of ${upTo(leaves, early)} that were told to have left ${upTo(joins, early)} had been told to come`,
    [...joins, ...leaves].filter((index) => index <= early),
  );
}
