import type { Check } from "../check.ts";
import { ofKind, sessionsOf } from "../oracle.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { ownReason } from "./lateness.ts";
import { seconds } from "./words.ts";

/**
 * Nobody's connection was closed whose end the harness had not begun. Where the target itself is gone, which ends every
 * connection, no sentinel gets through, and the whole case is open.
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
