import type { Check } from "../check.ts";
import { describeClose } from "../../history/sessions/connection-end.ts";
import { undueLeaves } from "../../history/leaves/undue-leaves.ts";
import { livesAt, sessionsOf } from "../../history/sessions/sessions.ts";
import { fail, inconclusive } from "../verdict.ts";
import { ownReason } from "../../history/lateness.ts";
import { livedAfter, maybeGone, nothingMore } from "./listening.ts";
import { seconds } from "../../util/words.ts";

/** Checks that no observer receives the actor's leave, and that its connection stays, until the harness ends it. */
export function livesOn(actor: string): Check {
  return {
    name: `lives-on(${actor})`,
    invariant: true,
    judge: (evidence) => {
      const { events, profile } = evidence;
      const own = sessionsOf(events).filter((s) => s.actor === actor);
      if (own.length === 0) return inconclusive(`${actor} never connected`);
      for (const { notice, kind, actor: gone } of undueLeaves(events, profile)) {
        const session = own.find((s) => livesAt(s, notice.index));
        if (kind !== "false" || gone !== actor || session === undefined) continue;
        const reason = ownReason(session, notice.atMs, evidence);
        if (reason !== undefined) return inconclusive(reason);
        const words = `${notice.actor} received its leave at ${seconds(notice.atMs)}`;
        return fail(`no observer receives a leave of ${actor}`, words, [session.opened.index, notice.index]);
      }
      for (const session of own) {
        const { closed, closedBy } = session;
        if (closed === undefined || closedBy === "harness") continue;
        const reason = ownReason(session, closed.atMs, evidence);
        if (reason !== undefined) return inconclusive(reason);
        if (!livedAfter(events, closed.index)) return inconclusive(maybeGone);
        const words = describeClose(session, events) ?? "";
        return fail(`${actor}'s connection stays`, words, [closed.index]);
      }
      return nothingMore(evidence);
    },
  };
}
