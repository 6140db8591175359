import type { Check } from "../check.ts";
import { ofKind, type HistoryEvent } from "../../history/events/events.ts";
import { personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import { observersOf } from "../../history/sessions/observers.ts";
import { tellsEachLeave } from "../../history/notice.ts";
import { stopTargetCause } from "../../profile/causes.ts";
import { fail, inconclusive, notApplicable } from "../verdict.ts";
import { lateToleranceMs } from "../../history/lateness.ts";
import { nothingMore } from "./listening.ts";
import { seconds } from "../../util/words.ts";

/**
 * Checks that the target's clean-up after a restart announces no false leave of an actor that is back. With the policy `last`, no
 * leave is allowed once the others know that the actor is back. With `each`, one for each of its sessions before the restart: the
 * target may announce their ends when it stops, or after its start.
 */
export function notGoneOnceBack(actor: string): Check {
  return {
    name: `not-gone-once-back(${actor})`,
    judge: (evidence) => {
      const { events, profile } = evidence;
      if (!tellsEachLeave(profile.notice))
        return notApplicable("a roster does not show if a leave belongs to the earlier session");
      const session = sessionsOf(events).find((s) => s.actor === actor);
      const client = session === undefined ? undefined : personOf(session);
      const identified = session?.identified.at(-1);
      if (session === undefined || client === undefined || identified === undefined)
        return inconclusive(`${actor} did not identify`);
      const before = sessionsOf(events).filter(
        (s) =>
          s.restarted !== undefined && s.restarted.index < session.opened.index && personOf(s) === client,
      );
      if (before.length === 0) return inconclusive(`${actor} had no session before the restart`);
      const wasKilled = before.some(({ end }) => end?.fault !== stopTargetCause);
      if (wasKilled && profile.reconcile === "silent")
        return notApplicable("the target announces no session that a restart ended");
      const allowed = profile.sessions === "each" ? before.length : 0;
      for (const { actor: observer } of observersOf(session, events)) {
        const own = ofKind(events, "notice").filter((n) => n.actor === observer && n.client === client);
        const join = own.find((n) => n.event === "join" && n.index > session.opened.index);
        const sinceMs = join?.atMs ?? identified.atMs + profile.deadlines.endedMs + lateToleranceMs;
        const isSince = (n: HistoryEvent) => (join === undefined ? n.atMs > sinceMs : n.index > join.index);
        const leaves = own.filter(
          (n) => n.event === "leave" && isSince(n) && n.index < (session.end?.index ?? Infinity),
        );
        const undue = leaves[allowed];
        if (undue !== undefined)
          return fail(
            `${observer} receives no leave of ${actor}, which was back at ${seconds(sinceMs)}`,
            `it received one at ${seconds(undue.atMs)}`,
            [
              session.opened.index,
              identified.index,
              ...(join === undefined ? [] : [join.index]),
              undue.index,
            ],
          );
      }
      return nothingMore(evidence);
    },
  };
}
