import type { Check, CheckKind, Evidence } from "../check.ts";
import { ofKind, type EventOf, type HistoryEvent } from "../../history/events/events.ts";
import { leaveOf } from "../../history/leaves/matching.ts";
import { personOf, sessionsOf, type Session } from "../../history/sessions/sessions.ts";
import { leavesHeard, observersOf } from "../../history/sessions/observers.ts";
import { windowOf } from "../../history/sessions/windows.ts";
import { tellsJoins } from "../../history/notice.ts";
import type { Profile } from "../../profile/profile.ts";
import { fail, notApplicable } from "../verdict.ts";
import { lateToleranceMs } from "../../history/lateness.ts";
import { nothingMore } from "./listening.ts";
import { seconds } from "../../util/words.ts";

export const staysGoneKind = { id: "stays-gone", answers: "once" } as const satisfies CheckKind;

/**
 * Whoever was told to have left is not told to be there again, unless a session of that person lives: no ghost comes back
 * to a roster, and none with a late join. The same holds for whoever connects after the leave was told to others.
 */
export function staysGone(): Check {
  return {
    name: staysGoneKind.id,
    invariant: true,
    judge: (evidence) => {
      const { events, profile } = evidence;
      if (!tellsJoins(profile.notice))
        return notApplicable("the profile describes no way to tell who is there");
      const sessions = sessionsOf(events);
      for (const join of ofKind(events, "notice")) {
        const { actor: observer, client, index } = join;
        if (join.event !== "join" || client === null) continue;
        const left =
          leavesHeard(events, observer, client).findLast((leave) => leave.index < index) ??
          toldBefore(observer, client, evidence);
        // A page's word of its new session may reach the harness after the others' of it, on a busy machine well after.
        const lives = sessions.some(
          (s) =>
            goesBy(client, s, join, profile) &&
            s.opened.atMs <= join.atMs + profile.deadlines.endedMs &&
            // What came before the end may be read after it.
            (s.end === undefined || s.end.index > index || s.end.atMs >= join.atMs),
        );
        if (left === undefined || lives || isYetToLeave(join, evidence) || isStillTold(join, evidence))
          continue;
        return fail(
          `"${client}" stays gone for ${observer}: its leave was told at ${seconds(left.atMs)}`,
          `it was told to be there again at ${seconds(join.atMs)}`,
          [left.index, index],
        );
      }
      return nothingMore(evidence);
    },
  };
}

/** The leave as others heard it before the observer's first connection opened. */
const toldBefore = (observer: string, client: string, { events }: Evidence) => {
  const came = sessionsOf(events).find(({ actor }) => actor === observer)?.opened.index ?? 0;
  return ofKind(events, "notice").findLast(
    (leave) => leave.event === "leave" && leave.client === client && leave.index < came,
  );
};

/** Whether that is the session's name, or was so shortly before that others may be told only now. */
const goesBy = (client: string, { identified }: Session, { atMs }: HistoryEvent, { deadlines }: Profile) =>
  identified.some(
    (own, place) =>
      own.client === client &&
      atMs <= (identified[place + 1]?.atMs ?? Infinity) + deadlines.endedMs + lateToleranceMs,
  );

/**
 * Of a session that has ended the target may tell that it is there until it tells of the end; and where it tells an observer
 * of neither, as one that leaves itself, until it should have told.
 */
const isYetToLeave = ({ actor, client, index, atMs }: EventOf<"notice">, evidence: Evidence): boolean => {
  const { events, profile } = evidence;
  const sessions = sessionsOf(events);
  const came = sessions.find((s) => s.actor === actor)?.opened.index ?? 0;
  const toldOf = (s: Session, observer: string) => leaveOf(s, observer, events, profile)?.index;
  const heardNone = client !== null && leavesHeard(events, actor, client).length === 0;
  return sessions
    .filter((s) => personOf(s) === client && s.opened.index < index && s.end !== undefined)
    .some((s) => {
      if ((toldOf(s, actor) ?? -1) > index) return true;
      const isKnown = observersOf(s, events).some((o) => (toldOf(s, o.actor) ?? Infinity) < came);
      return heardNone && !isKnown && atMs <= (windowOf(s, profile)?.latestMs ?? 0) + lateToleranceMs;
    });
};

/**
 * One whose identify was on the way when its end began may be told to have come after that, unless it was told to have left
 * already. Which of several such sessions a join is of nobody can say; but no more are told than there were identify messages.
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
