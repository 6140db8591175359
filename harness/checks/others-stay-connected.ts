import type { Check } from "../check.ts";
import { ofKind, sessionsOf } from "../oracle.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { lagBetweenMs, lagMarginMs, tooLate } from "./lateness.ts";
import { seconds } from "./words.ts";

/**
 * Nobody's connection was closed whose end the harness had not begun. Where the target itself is gone, which ends every
 * connection, no sentinel gets through, and the whole case is open.
 */
export function othersStayConnected(): Check {
  return {
    name: "others-stay-connected",
    judge: ({ events, profile }) => {
      for (const { actor, closed, end, connected } of sessionsOf(events)) {
        if (closed === undefined || (end !== undefined && end.index < closed.index)) continue;
        const promisedMs = connected?.clientHeartbeatMs ?? 0;
        const lagMs = lagBetweenMs(
          events,
          closed.atMs - profile.deadlines.silenceIntervals * promisedMs,
          closed.atMs,
        );
        if (promisedMs > 0 && lagMs > lagMarginMs) return inconclusive(tooLate(lagMs));
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
