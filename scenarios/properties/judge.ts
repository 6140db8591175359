import type { Check, Evidence } from "../../harness/judge/check.ts";
import { heardByAll, joinBeforeLeave, leavesNoGhost, leftInsideWindow } from "../../harness/index.ts";
import { expectedLeaves, overtakenLeaves } from "../../harness/history/leaves/expected-leaves.ts";
import { personOf, type Session } from "../../harness/history/sessions/sessions.ts";
import { ofKind } from "../../harness/history/events/events.ts";
import type { Checks } from "../../harness/judge/judged-case.ts";
import { notApplicable } from "../../harness/judge/verdict.ts";
import { askedAlways } from "../always.ts";
import { noMoreComeThanLeft, noneLeftBeforeTheyCame } from "./counts.ts";
import { endedIn, noSuchSession, relationOf, worstOf } from "./sessions.ts";

/** Checks of every history, for any plan: the suite's checks, each for the sessions that it fits. */
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
      // With several sessions of one person, a leave without a join cannot be assigned to one of them.
      of: (session, evidence) =>
        relationOf(session, evidence) === "none" && isHeardToLeave(session, evidence),
    }),
    noneLeftBeforeTheyCame(),
  ],
  ...askedAlways,
};

/** Selects a check's sessions in a history. */
interface About {
  readonly whose: string;
  readonly of: (session: Session, evidence: Evidence) => boolean;
}

/**
 * Returns the worst verdict of a check over its ended sessions. The history alone selects the sessions, so that a stored
 * history gets the same verdict.
 */
function ofEach(ask: (actor: string) => Check, { whose, of }: About): Check {
  const { name, timed = false } = ask(whose);
  return {
    name,
    timed,
    judge: (evidence) => {
      const asked = endedIn(evidence).filter((session) => of(session, evidence));
      if (asked.length === 0) return notApplicable(noSuchSession);
      return worstOf(asked.map(({ actor }) => ask(actor).judge(evidence)));
    },
  };
}

/**
 * Selects sessions of persons with one session, ended by one of these causes. A missing leave is then due to the cause.
 */
function aloneAndEndedBy(...causes: readonly string[]): About {
  return {
    whose: `each that ended by ${causes.join(" or ")}`,
    of: (session, evidence) =>
      causes.includes(session.end?.fault ?? "") &&
      relationOf(session, evidence) === "none" &&
      isDue(session, evidence),
  };
}

const isDue = (session: Session, { events, profile }: Evidence): boolean =>
  expectedLeaves(events, profile).some((due) => due.session.opened.index === session.opened.index);

function isTold(session: Session, evidence: Evidence): boolean {
  const { events, profile } = evidence;
  // With several sessions of one person, a leave cannot be assigned to the session with the late identify.
  const takenBack = relationOf(session, evidence) === "none" ? overtakenLeaves(events, profile) : [];
  return [...expectedLeaves(events, profile), ...takenBack].some(
    ({ session: { opened }, window, leave }) =>
      opened.index === session.opened.index && window !== undefined && leave !== undefined,
  );
}

/** Includes sessions with an optional leave. */
const isHeardToLeave = (session: Session, { events }: Evidence): boolean =>
  ofKind(events, "notice").some((n) => n.event === "leave" && n.client === personOf(session));
