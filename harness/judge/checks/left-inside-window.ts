import type { Check, CheckKind } from "../check.ts";
import { clockErrorMs } from "../../util/clock-error.ts";
import type { HistoryEvent } from "../../history/events/events.ts";
import { expectedLeaves, isUnannounced, overtakenLeaves } from "../../history/leaves/expected-leaves.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import type { Window } from "../../history/sessions/windows.ts";
import { fail, inconclusive, notApplicable, pass } from "../verdict.ts";
import { lagBetweenMs, latenessOf, tooLate } from "../../history/lateness.ts";
import { seconds, unannounced, undeclared } from "../../util/words.ts";

export const leftInsideWindowKind = {
  id: "left-inside-window",
  answers: "timely",
} as const satisfies CheckKind;

/** Checks that every leave of the actor arrived inside its window. Another check judges missing leaves. */
export function leftInsideWindow(actor: string): Check {
  return {
    name: `${leftInsideWindowKind.id}(${actor})`,
    timed: true,
    judge: ({ events, profile }) => {
      const inside: number[] = [];
      const afterJoin = overtakenLeaves(events, profile).filter(({ session }) => session.actor === actor);
      const due = expectedLeaves(events, profile).filter(({ session }) => session.actor === actor);
      const expected = [...due, ...afterJoin];
      if (expected.length === 0 && wasOvertaken(events, actor)) return notApplicable(overtaken);
      if (expected.length === 0 && isUnannounced(events, profile, actor)) return notApplicable(unannounced);
      if (expected.length > 0 && expected.every(({ window }) => window === undefined))
        return notApplicable(undeclared);
      for (const { end, observer, window, leave } of expected) {
        if (window === undefined || leave === undefined) continue;
        const lagMs = lagOnTheWayMs(events, end, window, leave);
        const wrong = whatIsWrong(leave, window, lagMs);
        if (wrong === "open") return inconclusive(tooLate(lagMs));
        if (wrong !== undefined) {
          return fail(
            `a leave of ${actor} ${windowInWords(window)}`,
            `${observer} received it at ${seconds(leave.atMs)}, too ${wrong}`,
            [end.index, leave.index],
          );
        }
        inside.push(leave.index);
      }
      return inside.length === 0
        ? inconclusive(`no observer received a leave of ${actor} that could be timed`)
        : pass(inside);
    },
  };
}

const overtaken = "its end overtook its identify message, and no observer received its join";

const wasOvertaken = (events: readonly HistoryEvent[], actor: string): boolean =>
  sessionsOf(events).some((s) => s.actor === actor && s.end !== undefined && s.held !== undefined);

/** Longest time for which a notice is on its way, also over HTTP, in milliseconds. An earlier delay of the harness did not delay it. */
const wayMaxMs = 2_000;

/**
 * Returns the longest delay of a leave that the harness can have caused, in milliseconds. It counts from the start of the session's end, or from
 * shortly before the deadline, until the harness read the leave.
 */
export const lagOnTheWayMs = (
  events: readonly HistoryEvent[],
  end: Pick<HistoryEvent, "atMs">,
  window: Window,
  leave: Pick<HistoryEvent, "atMs">,
): number => lagBetweenMs(events, Math.max(end.atMs, window.latestMs - wayMaxMs), leave.atMs);

/**
 * Returns how a leave misses its window, if it does. `open` means that the harness's own delay may be the cause. A leave is early
 * only by more than the difference of two correct clocks.
 */
export function whatIsWrong(
  { atMs }: Pick<HistoryEvent, "atMs">,
  { earliestMs, latestMs }: Window,
  lagMs: number,
): "early" | "late" | "open" | undefined {
  if (atMs < (earliestMs ?? 0) - clockErrorMs) return "early";
  return latenessOf(atMs, latestMs, lagMs);
}

function windowInWords({ earliestMs, latestMs }: Window): string {
  return earliestMs === null
    ? `by ${seconds(latestMs)}`
    : `between ${seconds(earliestMs)} and ${seconds(latestMs)}`;
}
