import type { Check, CheckKind, Evidence } from "../check.ts";
import { ofKind, type EventOf, type HistoryEvent } from "../../history/events/events.ts";
import { leaveOf } from "../../history/leaves/matching.ts";
import { personOf, sessionsOf, type Session } from "../../history/sessions/sessions.ts";
import { leavesReceived, observersOf } from "../../history/sessions/observers.ts";
import { windowOf } from "../../history/sessions/windows.ts";
import { tellsJoins } from "../../history/notice.ts";
import type { Profile } from "../../profile/profile.ts";
import { fail, notApplicable } from "../verdict.ts";
import { lateToleranceMs } from "../../history/lateness.ts";
import { nothingMore } from "./listening.ts";
import { seconds } from "../../util/words.ts";

export const staysGoneKind = { id: "stays-gone", answers: "once" } as const satisfies CheckKind;

/**
 * Checks that no join follows a leave unless a session of that person lives: no ghost returns to a roster or by a late join. The same
 * holds for an observer that connects after the others received the leave.
 */
export function staysGone(): Check {
  return {
    name: staysGoneKind.id,
    invariant: true,
    judge: (evidence) => {
      const { events, profile } = evidence;
      if (!tellsJoins(profile.notice))
        return notApplicable("the profile describes neither joins nor a roster");
      const sessions = sessionsOf(events);
      for (const join of ofKind(events, "notice")) {
        const { actor: observer, client, index } = join;
        if (join.event !== "join" || client === null) continue;
        const left =
          leavesReceived(events, observer, client).findLast((leave) => leave.index < index) ??
          leaveBefore(observer, client, evidence);
        // A page's report of its new session may reach the harness after the others' joins, on a busy machine much later.
        const lives = sessions.some(
          (s) =>
            goesBy(client, s, join, profile) &&
            s.opened.atMs <= join.atMs + profile.deadlines.endedMs &&
            // The harness may read a join from before the end after it.
            (s.end === undefined || s.end.index > index || s.end.atMs >= join.atMs),
        );
        if (left === undefined || lives || isYetToLeave(join, evidence) || isStillTold(join, evidence))
          continue;
        return fail(
          `no join of "${client}" at ${observer} after its leave at ${seconds(left.atMs)}`,
          `a join arrived at ${seconds(join.atMs)}`,
          [left.index, index],
        );
      }
      return nothingMore(evidence);
    },
  };
}

/** Returns the leave that others received before the observer's first connection opened. */
const leaveBefore = (observer: string, client: string, { events }: Evidence) => {
  const came = sessionsOf(events).find(({ actor }) => actor === observer)?.opened.index ?? 0;
  return ofKind(events, "notice").findLast(
    (leave) => leave.event === "leave" && leave.client === client && leave.index < came,
  );
};

/** Returns true where that is the session's name, or was its name so recently that a join may still be on its way. */
const goesBy = (client: string, { identified }: Session, { atMs }: HistoryEvent, { deadlines }: Profile) =>
  identified.some(
    (own, place) =>
      own.client === client &&
      atMs <= (identified[place + 1]?.atMs ?? Infinity) + deadlines.endedMs + lateToleranceMs,
  );

/**
 * Returns true where the leave of an ended session is still to come. Until then the target may announce the session as present. For an
 * observer that receives no leave, such as one that leaves itself, this holds until the deadline.
 */
const isYetToLeave = ({ actor, client, index, atMs }: EventOf<"notice">, evidence: Evidence): boolean => {
  const { events, profile } = evidence;
  const sessions = sessionsOf(events);
  const came = sessions.find((s) => s.actor === actor)?.opened.index ?? 0;
  const toldOf = (s: Session, observer: string) => leaveOf(s, observer, events, profile)?.index;
  const heardNone = client !== null && leavesReceived(events, actor, client).length === 0;
  return sessions
    .filter((s) => personOf(s) === client && s.opened.index < index && s.end !== undefined)
    .some((s) => {
      if ((toldOf(s, actor) ?? -1) > index) return true;
      const isKnown = observersOf(s, events).some((o) => (toldOf(s, o.actor) ?? Infinity) < came);
      return heardNone && !isKnown && atMs <= (windowOf(s, profile)?.latestMs ?? 0) + lateToleranceMs;
    });
};

/**
 * Returns true if the join may belong to a session that ended while its identify message was on the way. The leave of that session has
 * not arrived yet. A join of several such sessions fits any of them, but there are not more joins than identify messages.
 */
function isStillTold(join: EventOf<"notice">, { events, profile }: Evidence): boolean {
  const { actor, client, index } = join;
  const mayCome = sessionsOf(events).some(
    (s) =>
      s.held !== undefined &&
      personOf(s) === client &&
      (s.end?.index ?? Infinity) < index &&
      (leaveOf(s, actor, events, profile)?.index ?? Infinity) > index,
  );
  const told = ofKind(events, "notice").filter(
    (n) => n.event === "join" && n.actor === actor && n.client === client && n.index <= index,
  );
  const sent = ofKind(events, "identify-sent").filter((i) => i.client === client && i.index < index);
  return mayCome && told.length <= sent.length;
}
