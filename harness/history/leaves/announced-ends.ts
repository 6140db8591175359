import { clockErrorMs } from "../../util/clock-error.ts";
import type { EventOf, HistoryEvent } from "../events/events.ts";
import { lateToleranceMs } from "../lateness.ts";
import { somebody } from "../notice-kind.ts";
import { nameOf, namesNobody, namesSession } from "../notice.ts";
import { stopTargetCause } from "../../profile/causes.ts";
import type { Profile } from "../../profile/profile.ts";
import { namesIn } from "../../profile/template.ts";
import { livesAt, personOf, sessionsOf, type Session } from "../sessions/sessions.ts";
import { surelyBackUntilMs, windowOf } from "../sessions/windows.ts";

/** A session that the harness began to end. */
export type EndedSession = Session & { readonly end: EventOf<"fault-injected"> };

/** The ended sessions of one person whose leave the target announces, or may announce. */
interface AnnouncedEnds {
  readonly due: readonly EndedSession[];
  readonly maybe: readonly EndedSession[];
}

/**
 * Returns the ended sessions of `client` that the target's policy announces. With the policy `last`, those are the sessions at whose
 * end no other session of the person lives. In `maybe` are sessions whose leave is possible and not required:
 * - The target may have seen a new session before this end, as at a reload, or not yet known one that had just identified.
 * - Another session had fallen silent, and the target may not have noticed that yet.
 * - The identify message was still on its way, and may have arrived too late.
 * - The session never identified, and notices contain no client data.
 * - The target was asked to stop. It may announce the ends of its sessions then, at its next start, or not at all.
 *
 * A client that came back well within a declared grace has not left.
 */
export function endsOf(events: readonly HistoryEvent[], client: string, profile: Profile): AnnouncedEnds {
  const own = sessionsOf(events).filter((session) => nameInLeave(session, profile) === client);
  const ended = own.filter(isEnded);
  if (profile.sessions === "each") {
    const unidentified = sessionsOf(events).filter((session) => mayBeAnnounced(session, client, profile));
    return {
      due: ended.filter(isSure),
      maybe: [...ended.filter((session) => !isSure(session)), ...unidentified.filter(isEnded)],
    };
  }
  return lastEnds(own, ended, profile);
}

/** Returns true where the target had the identify message, and was not asked to stop. */
const isSure = ({ held, end }: EndedSession): boolean => held === undefined && end.fault !== stopTargetCause;

function lastEnds(own: readonly Session[], ended: readonly EndedSession[], profile: Profile): AnnouncedEnds {
  const beside = (session: EndedSession) => own.filter((other) => livesAt(other, session.end.index));
  const last = ended.filter(
    (session) => !beside(session).some((other) => isKnownAt(other, session.end, profile)),
  );
  const reopened = (session: EndedSession) =>
    own.some(
      ({ opened }) =>
        opened.index > session.end.index && opened.atMs <= latestOf(session, profile, clockErrorMs),
    );
  const cameBack = (session: EndedSession) =>
    own.some(({ identified }) =>
      identified.some(
        (i) => i.index > session.end.index && i.atMs <= surelyBackUntilMs(session.end, profile),
      ),
    );
  const open = last.filter((session) => !cameBack(session));
  // For the target, a silent client is present until its silence is noticed.
  const notLast = ({ end }: EndedSession) =>
    ended.some(
      (other) =>
        other.end.ends === "silently" &&
        other.end.index < end.index &&
        end.atMs <= latestOf(other, profile, clockErrorMs),
    );
  const uncertain = (session: EndedSession) =>
    !isSure(session) || beside(session).length > 0 || reopened(session) || notLast(session);
  return { due: open.filter((session) => !uncertain(session)), maybe: open.filter(uncertain) };
}

/** Share of the usual deadline in which a target takes an identify message at the latest. Timers may fire a little early. */
const takenShare = 0.9;

/** Returns true where the target surely knew the session when the end began: it had the identify message for as long as a notice may take. */
const isKnownAt = ({ identified }: Session, { atMs }: HistoryEvent, { deadlines }: Profile): boolean =>
  identified[0] !== undefined && identified[0].atMs <= atMs - takenShare * deadlines.endedMs;

/** Returns the latest time of the session's leave, in milliseconds, with a tolerance. */
export const latestOf = (session: Session, profile: Profile, toleranceMs = lateToleranceMs): number =>
  (windowOf(session, profile)?.latestMs ?? Infinity) + toleranceMs;

/** Returns the name in the session's leave; undefined where it never identified and the profile declares no leave for that. */
export function nameInLeave(session: Session, profile: Profile): string | undefined {
  return (
    personOf(session) ??
    (profile.unidentified === "announced" ? unidentifiedName(session, profile) : undefined)
  );
}

/** Returns the name in the leave of a session that never identified: the session's id, or nothing. */
export function unidentifiedName(
  { opened: { sessionId } }: Pick<Session, "opened">,
  profile: Profile,
): string | undefined {
  if (namesNobody(profile.notice)) return somebody;
  if (sessionId === null || !namesSession(profile.notice)) return undefined;
  const name = nameOf(profile, { sessionId });
  return namesIn(name).length === 0 ? name : undefined;
}

/** Returns true for a session that never identified, where the profile does not say if the target announces its leave. */
function mayBeAnnounced(session: Session, client: string, profile: Profile): boolean {
  return (
    profile.unidentified === "unknown" &&
    personOf(session) === undefined &&
    unidentifiedName(session, profile) === client
  );
}

const isEnded = (session: Session): session is EndedSession => session.end !== undefined;

/** Returns true for two reads of one session. */
export const isSameSession = (a: Session, b: Session): boolean => a.opened.index === b.opened.index;
