import type { Check } from "../check.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { seconds } from "../../util/words.ts";

/** Checks that the target did not connect the actor, and closed its connection or refused it. */
export function turnedAway(actor: string): Check {
  return {
    name: `turned-away(${actor})`,
    judge: ({ events }) => {
      const own = events.filter((e) => e.actor === actor);
      const connected = ofKind(own, "connected")[0];
      if (connected !== undefined)
        return fail(`${actor} gets no CONNECTED with credentials that must be refused`, "it got one", [
          connected.index,
        ]);
      const closed = ofKind(own, "closed")[0];
      if (closed !== undefined) return pass([closed.index]);
      const inVain = ofKind(own, "waited-in-vain").at(-1);
      return inVain === undefined
        ? inconclusive(`the case did not wait for ${actor}'s connection to be closed`)
        : fail(
            `${actor} is refused and its connection is closed`,
            `it was still open after another ${seconds(inVain.waitedMs)}`,
            [inVain.index],
          );
    },
  };
}
