import type { Check } from "../check.ts";
import type { HistoryEvent } from "../history.ts";
import { expectedLeaves, isUnannounced } from "../leaves.ts";
import type { Window } from "../oracle.ts";
import { fail, inconclusive, notApplicable, pass } from "../verdict.ts";
import { lagAllowanceMs, lagBetweenMs, lagMarginMs, tooLate } from "./lateness.ts";
import { seconds, unannounced, undeclared } from "./words.ts";

/** No leave of the actor came before its window's earliest moment, none after the latest. One that never came is another check's. */
export function leftInsideWindow(actor: string): Check {
  return {
    name: `left-inside-window(${actor})`,
    timed: true,
    judge: ({ events, profile }) => {
      if (isUnannounced(events, profile, actor)) return notApplicable(unannounced);
      const inside: number[] = [];
      const expected = expectedLeaves(events, profile).filter(({ session }) => session.actor === actor);
      if (expected.length > 0 && expected.every(({ window }) => window === undefined))
        return notApplicable(undeclared);
      for (const { end, observer, window, leave } of expected) {
        if (window === undefined || leave === undefined) continue;
        const lagMs = lagBetweenMs(events, end.atMs, leave.atMs);
        const wrong = whatIsWrong(leave, window, lagMs);
        if (wrong === "open") return inconclusive(tooLate(lagMs));
        if (wrong !== undefined) {
          return fail(
            `a leave of ${actor} ${windowInWords(window)}`,
            `${observer} heard it at ${seconds(leave.atMs)}, too ${wrong}`,
            [end.index, leave.index],
          );
        }
        inside.push(leave.index);
      }
      return inside.length === 0
        ? inconclusive(`nobody heard a leave of ${actor} that could be timed`)
        : pass(inside);
    },
  };
}

/**
 * Returns how a leave misses its window, if it does: `open` where only the harness's own delay could make it late, and that
 * delay is too long to make allowance for.
 */
export function whatIsWrong(
  { atMs }: Pick<HistoryEvent, "atMs">,
  window: Window,
  lagMs: number,
): "early" | "late" | "open" | undefined {
  if (atMs < (window.earliestMs ?? 0)) return "early";
  if (atMs <= window.latestMs + lagAllowanceMs) return undefined;
  if (atMs > window.latestMs + lagAllowanceMs + lagMs) return "late";
  return lagMs > lagMarginMs ? "open" : undefined;
}

function windowInWords({ earliestMs, latestMs }: Window): string {
  return earliestMs === null
    ? `by ${seconds(latestMs)}`
    : `between ${seconds(earliestMs)} and ${seconds(latestMs)}`;
}
