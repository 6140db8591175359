import { ofKind } from "../../history/events/events.ts";
import type { Check } from "../check.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { lastSignOfLife, maybeGone } from "./listening.ts";

/** Checks that the target closed no observer of the run without a cause that a case repeats. The run adds the losses to the history. */
export function observersStayConnected(): Check {
  return {
    name: "observers-stay-connected",
    isCause: true,
    judge: ({ events }) => {
      const lost = ofKind(events, "observer-lost");
      const [first] = lost;
      if (first !== undefined)
        return fail(
          "clients that only listen stay connected",
          lost.length === 1
            ? `${first.actor} only listened: ${first.reason}`
            : `${lost.length} clients that only listened were ended. The first is ${first.actor}: ${first.reason}`,
          lost.map(({ index }) => index),
        );
      const sign = lastSignOfLife(events, -1);
      return sign === undefined ? inconclusive(maybeGone) : pass([sign.index]);
    },
  };
}
