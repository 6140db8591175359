import type { Check } from "../check.ts";
import { describeCloseCode } from "../../history/sessions/connection-end.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";

/** RFC 6455, section 7.4.1: "going away", such as a server going down. */
const goingAway = 1001;

/** Checks that a stopping target closed the actor's connection with the code for "going away". */
export function toldOfStop(actor: string): Check {
  return {
    name: `told-of-stop(${actor})`,
    judge: ({ events }) => {
      const stopped = ofKind(events, "target-stopped")[0];
      if (stopped === undefined) return inconclusive("the target was not stopped");
      const closed = ofKind(events, "closed").find((e) => e.actor === actor);
      if (closed === undefined) return inconclusive(`${actor}'s connection did not end before the timeout`);
      if (closed.index < stopped.index)
        return inconclusive(`${actor}'s connection had ended before the target was asked to stop`);
      return closed.code === goingAway
        ? pass([stopped.index, closed.index])
        : fail(`${actor}'s connection is closed with ${goingAway}`, `it ended ${describeCloseCode(closed)}`, [
            stopped.index,
            closed.index,
          ]);
    },
  };
}
