import { cachedByHistory } from "../cached-by-history.ts";
import { ofKind, type HistoryEvent } from "../events/events.ts";
import { tellsEachLeave } from "../notice.ts";
import type { Profile } from "../../profile/profile.ts";
import { observersOf } from "../sessions/observers.ts";
import { isSentinel } from "../sessions/sentinels.ts";
import { personOf, sessionsOf, type Session } from "../sessions/sessions.ts";
import { windowOf } from "../sessions/windows.ts";
import { endsOf, isSameSession, nameInLeave } from "./announced-ends.ts";
import { leaveOf, type ExpectedLeave } from "./matching.ts";
import { visibleOnRosters } from "./roster-visibility.ts";

/** Returns every leave that is due in a history, for every observer. The sentinels' own leaves are not included. */
export const expectedLeaves: (events: readonly HistoryEvent[], profile: Profile) => readonly ExpectedLeave[] =
  cachedByHistory(readExpectedLeaves);

function readExpectedLeaves(events: readonly HistoryEvent[], profile: Profile): ExpectedLeave[] {
  const expected = sessionsOf(events).flatMap((session) => {
    const { end } = session;
    const client = nameInLeave(session, profile);
    if (end === undefined || client === undefined || isSentinel(session.actor)) return [];
    if (!isDue(session, client, events, profile)) return [];
    return observersOf(session, events)
      .filter(subscribedInTime(session, profile))
      .map(({ actor: observer }) => ({
        session,
        end,
        observer,
        window: windowOf(session, profile),
        leave: leaveOf(session, observer, events, profile),
      }));
  });
  return tellsEachLeave(profile.notice) ? expected : visibleOnRosters(expected, events);
}

const isDue = (session: Session, client: string, events: readonly HistoryEvent[], profile: Profile) =>
  endsOf(events, client, profile).due.some((due) => isSameSession(due, session));

/**
 * Returns the leaves of sessions whose end overtook their identify message. An observer that received the join must receive the
 * leave. At the join, the target knows of both at the latest.
 */
export function overtakenLeaves(events: readonly HistoryEvent[], profile: Profile): ExpectedLeave[] {
  return sessionsOf(events).flatMap((session) => {
    const { end, held, opened } = session;
    if (end === undefined || held === undefined) return [];
    return observersOf(session, events).flatMap(({ actor: observer }) => {
      const leave = leaveOf(session, observer, events, profile);
      const join = ofKind(events, "notice").find(
        (n) =>
          n.event === "join" &&
          n.actor === observer &&
          n.client === personOf(session) &&
          n.index > opened.index,
      );
      if (leave === undefined && join === undefined) return [];
      const window = windowOf(session, profile);
      const joinMs = join === undefined ? 0 : join.atMs - (session.witness ?? end).atMs;
      return {
        session,
        end,
        observer,
        window: window && { ...window, latestMs: window.latestMs + Math.max(0, joinMs) },
        leave,
      };
    });
  });
}

/** Of the observers after a restart, only those that subscribed early are sure to receive the leaves of earlier sessions. */
const subscribedInTime =
  ({ restarted }: Session, { deadlines: { reconcileMs = 0 } }: Profile) =>
  ({ subscribed }: Session): boolean =>
    restarted === undefined || (subscribed?.atMs ?? Infinity) <= restarted.atMs + reconcileMs / 2;

/** Returns true where the actor left, and the policy announces none of its ends because the person had other sessions. */
export function isUnannounced(events: readonly HistoryEvent[], profile: Profile, actor: string): boolean {
  const ended = sessionsOf(events).filter(
    (s) => s.actor === actor && s.end !== undefined && personOf(s) !== undefined,
  );
  return (
    ended.length > 0 && ended.every((session) => !isDue(session, personOf(session) ?? "", events, profile))
  );
}
