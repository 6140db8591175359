import type { Check } from "../check.ts";
import { leaveHeard, observersOf, sessionsOf, windowOf } from "../oracle.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { lagBetweenMs, lagMarginMs, tooLate } from "./lateness.ts";
import { seconds } from "./words.ts";

/** No leave of the actor came before its window's earliest moment, none after the latest. */
export function leftInsideWindow(actor: string): Check {
  return {
    name: `left-inside-window(${actor})`,
    judge: ({ events, profile }) => {
      const inside: number[] = [];
      for (const session of sessionsOf(events).filter((s) => s.actor === actor)) {
        const window = windowOf(session, profile);
        if (window === undefined) continue;
        for (const observer of observersOf(session, events)) {
          const leave = leaveHeard(events, session, observer.actor, profile.sessions);
          if (leave === undefined) continue;
          const early = window.earliestMs !== null && leave.atMs < window.earliestMs;
          const lagMs = lagBetweenMs(events, session.end?.atMs ?? 0, leave.atMs);
          const late = leave.atMs > window.latestMs;
          if (late && lagMs > lagMarginMs) return inconclusive(tooLate(lagMs));
          if (early || (late && leave.atMs > window.latestMs + lagMs)) {
            return fail(
              `a leave of ${actor} ${windowInWords(window)}`,
              `${observer.actor} heard it at ${seconds(leave.atMs)}, too ${early ? "early" : "late"}`,
              [...(session.end === undefined ? [] : [session.end.index]), leave.index],
            );
          }
          inside.push(leave.index);
        }
      }
      return pass(inside);
    },
  };
}

function windowInWords({ earliestMs, latestMs }: { earliestMs: number | null; latestMs: number }): string {
  return earliestMs === null
    ? `by ${seconds(latestMs)}`
    : `between ${seconds(earliestMs)} and ${seconds(latestMs)}`;
}
