import { clockErrorMs } from "../../util/clock-error.ts";
import type { EventOf, HistoryEvent } from "../events/events.ts";
import type { Profile } from "../../profile/profile.ts";
import { leavesReceived, observersOf } from "../sessions/observers.ts";
import type { Session } from "../sessions/sessions.ts";
import { unansweredFromMs, windowOf, type Window } from "../sessions/windows.ts";
import { endsOf, isSameSession, latestOf, nameInLeave, type EndedSession } from "./announced-ends.ts";

/** A session's end that the target's policy announces, and the leave that announced it to one observer, if one did. */
export interface ExpectedLeave {
  readonly session: Session;
  readonly end: EventOf<"fault-injected">;
  readonly observer: string;
  /** Undefined where nothing is declared to notice such an end. */
  readonly window: Window | undefined;
  readonly leave: EventOf<"notice"> | undefined;
}

/** A person's leaves at one observer, each matched to the end that it announces. */
interface Matching {
  readonly matched: readonly (readonly [Session, EventOf<"notice">])[];
  /** Leaves for which no unmatched end is left. */
  readonly undue: readonly EventOf<"notice">[];
}

/** Returns the leave that announced the session's end to `observer`; undefined if none did. */
export function leaveOf(
  session: Session,
  observer: string,
  events: readonly HistoryEvent[],
  profile: Profile,
): EventOf<"notice"> | undefined {
  const { matched } = matchLeaves(events, profile, observer, nameInLeave(session, profile) ?? "");
  return matched.find(([ended]) => isSameSession(ended, session))?.[1];
}

/**
 * Matches leaves to ends. Sessions of one person look alike in a notice. Therefore:
 * 1. Each leave goes to an end whose window contains it, the earliest deadline first. This puts as many leaves in time as possible.
 * 2. A remaining leave is an early leave of such an end, or a late leave of the oldest unmatched end.
 *
 * An end that may not have been the person's last takes no late leave. An end whose identify was on its way does: only the target
 * knows which of the two came late.
 */
export function matchLeaves(
  events: readonly HistoryEvent[],
  profile: Profile,
  observer: string,
  client: string,
): Matching {
  const { due, maybe } = endsOf(events, client, profile);
  const open = [...due, ...maybe].sort(byEnd);
  const matched: [Session, EventOf<"notice">][] = [];
  const assign = (
    leaves: readonly EventOf<"notice">[],
    choose: (leave: EventOf<"notice">) => EndedSession | undefined,
  ) =>
    leaves.filter((leave) => {
      const session = choose(leave);
      if (session === undefined) return true;
      open.splice(open.indexOf(session), 1);
      matched.push([session, leave]);
      return false;
    });
  const before = (leave: HistoryEvent) => open.filter((session) => mayHaveEnded(session, leave, profile));
  // Leaves that are due at this observer come first. No check requires a leave that is only possible.
  const required = due.filter((session) =>
    observersOf(session, events).some(({ actor }) => actor === observer),
  );
  const byDeadline = (leave: HistoryEvent) =>
    before(leave)
      .filter((session) => leave.atMs <= latestOf(session, profile))
      .sort(
        (a, b) =>
          Number(required.includes(b)) - Number(required.includes(a)) ||
          latestOf(a, profile) - latestOf(b, profile),
      );
  const outside = assign(leavesReceived(events, observer, client), (leave) =>
    byDeadline(leave).find((session) => leave.atMs >= earliestOf(session, profile)),
  );
  const undue = assign(outside, (leave) => {
    const late = before(leave);
    return (
      byDeadline(leave)[0] ??
      late.find((session) => required.includes(session)) ??
      late.find((session) => due.includes(session)) ??
      late.find(({ held }) => held !== undefined)
    );
  });
  return { matched, undue };
}

/** Returns true where the session's end began before the leave, or the target may have given the session up by then. */
const mayHaveEnded = (session: EndedSession, { index, atMs }: HistoryEvent, profile: Profile): boolean =>
  session.end.index < index || (unansweredFromMs(session, profile) ?? Infinity) <= atMs;

// A leave that a check accepts as in time has to count as inside here. Otherwise it would go to another end.
const earliestOf = (session: Session, profile: Profile) =>
  (windowOf(session, profile)?.earliestMs ?? 0) - clockErrorMs;

const byEnd = (a: EndedSession, b: EndedSession) => a.end.index - b.end.index;
