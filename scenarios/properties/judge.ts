import type { Check, Evidence } from "../../harness/check.ts";
import { absenceProof } from "../../harness/checks/listening.ts";
import { heardByAll, joinBeforeLeave, leavesNoGhost, leftInsideWindow } from "../../harness/index.ts";
import { expectedLeaves, replacementsOf } from "../../harness/leaves.ts";
import { countsNotices, tellsJoins } from "../../harness/notice.ts";
import { isSentinel, observersOf, ofKind, personOf, sessionsOf, type Session } from "../../harness/oracle.ts";
import type { Checks } from "../../harness/scenario.ts";
import { fail, inconclusive, notApplicable, pass, worst, type Verdict } from "../../harness/verdict.ts";
import { askedAlways } from "../always.ts";

/** What every history is asked, whatever its plan: the suite's own checks, of each session that they are about. */
export const checks: Checks = {
  "LEAVE-ON-DISCONNECT": [ofEach(heardByAll, aloneAndEndedBy("disconnect", "disconnect-without-receipt"))],
  "LEAVE-ON-CLOSE": [ofEach(heardByAll, aloneAndEndedBy("close"))],
  "LEAVE-ON-LOST-CONNECTION": [ofEach(heardByAll, aloneAndEndedBy("fin", "rst"))],
  "LEAVE-ON-SILENCE": [ofEach(heardByAll, aloneAndEndedBy("blackhole"))],
  "SESSIONS-OF-ONE-PERSON": [
    ofEach(heardByAll, {
      whose: "each of a person's sessions side by side",
      of: (session, evidence) => relationOf(session, evidence) === "beside" && isDue(session, evidence),
    }),
  ],
  "RELOAD-KEEPS-NEW-SESSION": [
    ofEach(heardByAll, {
      whose: "each of a person's sessions one after another",
      of: (session, evidence) => relationOf(session, evidence) === "after" && isDue(session, evidence),
    }),
  ],
  "IDENTIFY-LEAVES-NO-GHOST": [
    ofEach(leavesNoGhost, {
      whose: "each whose identify was on the way",
      of: (session, evidence) => session.held !== undefined && relationOf(session, evidence) === "none",
    }),
    noMoreComeThanLeft(),
  ],
  "LEAVE-IN-TIME": [ofEach(leftInsideWindow, { whose: "each whose leave was heard", of: isTold })],
  "JOIN-BEFORE-LEAVE": [
    ofEach(joinBeforeLeave, {
      whose: "each whose leave was heard",
      // Of several sessions of one person nobody can say which leave came without a join.
      of: (session, evidence) =>
        relationOf(session, evidence) === "none" && isHeardToLeave(session, evidence),
    }),
  ],
  ...askedAlways,
};

/** Which of a history's sessions a check is about. */
interface About {
  readonly whose: string;
  readonly of: (session: Session, evidence: Evidence) => boolean;
}

/**
 * A check of one actor, asked of each whose session ended and that it is about: the worst of the answers. Which those are
 * the history tells, so that a stored one is judged the same again.
 */
function ofEach(ask: (actor: string) => Check, { whose, of }: About): Check {
  const { name, timed = false } = ask(whose);
  return {
    name,
    timed,
    judge: (evidence) => {
      const asked = endedIn(evidence).filter((session) => of(session, evidence));
      if (asked.length === 0) return notApplicable("no session of this history is one that it is about");
      return worstOf(asked.map(({ actor }) => ask(actor).judge(evidence)));
    },
  };
}

function worstOf(verdicts: readonly Verdict[]): Verdict {
  const kind = worst(verdicts.map((verdict) => verdict.kind));
  if (kind === "pass") return pass(verdicts.flatMap((v) => (v.kind === "pass" ? v.evidence : [])));
  return verdicts.find((verdict) => verdict.kind === kind) ?? inconclusive("nothing was asked");
}

const endedIn = ({ events }: Evidence): Session[] =>
  sessionsOf(events).filter(({ actor, end }) => !isSentinel(actor) && end !== undefined);

/** Those who were nobody else's session, and ended by one of these: what is missed there is missed for that cause. */
function aloneAndEndedBy(...causes: readonly string[]): About {
  return {
    whose: `each that ended by ${causes.join(" or ")}`,
    of: (session, evidence) =>
      causes.includes(session.end?.fault ?? "") &&
      relationOf(session, evidence) === "none" &&
      isDue(session, evidence),
  };
}

/** How the session stands to others of the same person: side by side at some time, one after another, or there are none. */
function relationOf(session: Session, { events }: Evidence): "none" | "beside" | "after" {
  const person = personOf(session);
  // Also by a name that it took off again.
  const own = sessionsOf(events).filter(({ identified }) =>
    identified.some(({ client }) => client === person),
  );
  if (own.length < 2) return "none";
  const overlap = own.some((one) =>
    own.some(
      (other) => one.opened.index < other.opened.index && (one.end?.index ?? Infinity) > other.opened.index,
    ),
  );
  return overlap ? "beside" : "after";
}

const isDue = (session: Session, { events, profile }: Evidence): boolean =>
  expectedLeaves(events, profile).some((due) => due.session.opened.index === session.opened.index);

function isTold(session: Session, { events, profile }: Evidence): boolean {
  return expectedLeaves(events, profile).some(
    ({ session: { opened }, window, leave }) =>
      opened.index === session.opened.index && window !== undefined && leave !== undefined,
  );
}

/** Also one of which it was open whether it would be told. */
const isHeardToLeave = (session: Session, { events }: Evidence): boolean =>
  ofKind(events, "notice").some((n) => n.event === "leave" && n.client === personOf(session));

/**
 * Where somebody who has several sessions ended one while its identify was on the way, nobody can say which notice is of
 * which. But as many leaves have to be told as comings, but for those who are still there.
 */
function noMoreComeThanLeft(): Check {
  return {
    name: "no-more-come-than-left",
    judge: (evidence) => {
      const { events, profile } = evidence;
      if (profile.sessions !== "each" || !countsNotices(profile.notice) || !tellsJoins(profile.notice))
        return notApplicable("the target does not tell how often somebody came and left");
      const about = endedIn(evidence).filter(
        (session) =>
          session.held !== undefined &&
          relationOf(session, evidence) !== "none" &&
          replacementsOf(events, personOf(session) ?? "").length === 0,
      );
      if (about.length === 0) return notApplicable("no session of this history is one that it is about");
      return worstOf(about.flatMap((session) => comeAndLeft(session, evidence)));
    },
  };
}

function comeAndLeft(session: Session, evidence: Evidence): Verdict[] {
  const { events } = evidence;
  const person = personOf(session);
  const there = sessionsOf(events).filter((s) => personOf(s) === person && s.end === undefined).length;
  return observersOf(session, events).map(({ actor }) => {
    const heard = ofKind(events, "notice").filter((n) => n.actor === actor && n.client === person);
    const joins = heard.filter(({ event }) => event === "join");
    const leaves = heard.length - joins.length;
    const proof = absenceProof(evidence, actor);
    if (typeof proof === "string") return inconclusive(proof);
    if (joins.length <= leaves + there) return pass([...heard.map(({ index }) => index), proof]);
    return fail(
      `${actor} hears ${joins.length - there} leaves of "${person}", who was told to come ${joins.length} times and is there ${there} times`,
      `it heard ${leaves}: a ghost is left`,
      [...heard.map(({ index }) => index), proof],
    );
  });
}
