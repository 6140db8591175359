import type { Check } from "../check.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, notApplicable, pass } from "../verdict.ts";
import { lagBetweenMs, latenessOf, tooLate } from "../../history/lateness.ts";
import { seconds } from "../../util/words.ts";

/** Checks that the target closed the actor's connection without a CONNECT in the declared time. */
export function closedUnconnected(actor: string): Check {
  return {
    name: `closed-unconnected(${actor})`,
    timed: true,
    judge: ({ events, profile: { deadlines } }) => {
      const { connectMs } = deadlines;
      if (connectMs === undefined)
        return notApplicable("the profile declares no timeout for CONNECT (`deadlines.connectMs`)");
      const session = sessionsOf(events).find((s) => s.actor === actor);
      if (session === undefined) return inconclusive(`${actor}'s transport never opened`);
      const { opened, connected, closed } = session;
      if (connected !== undefined) return inconclusive(`${actor} did connect`);
      const due = `its connection is closed ${seconds(connectMs)} after it opened`;
      if (closed === undefined) {
        const inVain = ofKind(events, "waited-in-vain").find((e) => e.actor === actor);
        return inVain === undefined
          ? inconclusive(`the case did not wait for ${actor}'s connection to be closed`)
          : fail(due, `it was still open after ${seconds(inVain.atMs - opened.atMs)}`, [
              opened.index,
              inVain.index,
            ]);
      }
      const tookMs = closed.atMs - opened.atMs;
      const lagMs = lagBetweenMs(events, opened.atMs, closed.atMs);
      const lateness = latenessOf(tookMs, connectMs, lagMs);
      if (lateness === "open") return inconclusive(tooLate(lagMs));
      return lateness === "late"
        ? fail(due, `that took ${seconds(tookMs)}`, [opened.index, closed.index])
        : pass([opened.index, closed.index]);
    },
  };
}
