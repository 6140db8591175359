import type { Check } from "../check.ts";
import { codeInWords } from "../../history/sessions/connection-end.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";

/** RFC 6455, section 7.4.1: "going away", such as a server going down. */
const goingAway = 1001;

/** The actor's connection was closed as that of a server which goes down, when the target was asked to stop. */
export function toldOfStop(actor: string): Check {
  return {
    name: `told-of-stop(${actor})`,
    judge: ({ events }) => {
      const stopped = ofKind(events, "target-stopped")[0];
      if (stopped === undefined) return inconclusive("the target was not stopped");
      const closed = ofKind(events, "closed").find((e) => e.actor === actor);
      if (closed === undefined)
        return inconclusive(`${actor}'s connection did not end in the time it was given`);
      if (closed.index < stopped.index)
        return inconclusive(`${actor}'s connection had ended before the target was asked to stop`);
      return closed.code === goingAway
        ? pass([stopped.index, closed.index])
        : fail(`${actor}'s connection is closed with ${goingAway}`, `it ended ${codeInWords(closed)}`, [
            stopped.index,
            closed.index,
          ]);
    },
  };
}
