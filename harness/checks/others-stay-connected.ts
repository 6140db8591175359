import type { Check } from "../check.ts";
import type { HistoryEvent } from "../history.ts";
import { isSentinel, ofKind, sessionsOf } from "../oracle.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { ownReason } from "./lateness.ts";
import { seconds } from "./words.ts";

/**
 * Checks that the target closed no connection that the harness had left open. A target that is gone ends every connection.
 * Then no sentinel gets through, and the whole case is open; where that was already over, this check is.
 */
export function othersStayConnected(): Check {
  return {
    name: "others-stay-connected",
    judge: (evidence) => {
      const { events } = evidence;
      for (const session of sessionsOf(events)) {
        const { actor, closed, end } = session;
        if (closed === undefined || (end !== undefined && end.index < closed.index)) continue;
        const reason = ownReason(session, closed.atMs, evidence);
        if (reason !== undefined) return inconclusive(reason);
        if (isAfterLastSentinel(events, closed))
          return inconclusive(
            `${actor}'s connection was closed when nothing could show any more that the target lives`,
          );
        return fail(
          `${actor} stays connected`,
          `its connection was closed at ${seconds(closed.atMs)} with ${closed.code} "${closed.reason}"`,
          [closed.index],
        );
      }
      const waited = ofKind(events, "waited-out").at(-1);
      return waited === undefined
        ? inconclusive("the session's end was not waited for")
        : pass([waited.index]);
    },
  };
}

/** A target that died after the sentinel had come is no server that closes living clients. */
function isAfterLastSentinel(events: readonly HistoryEvent[], { index }: HistoryEvent): boolean {
  const last = sessionsOf(events).at(-1);
  return last !== undefined && isSentinel(last.actor) && last.opened.index < index;
}
