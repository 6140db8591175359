import { ofKind } from "../../history/events/events.ts";
import type { Check } from "../check.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { lastSignOfLife, maybeGone } from "./listening.ts";

/** Checks that the target closed no living client in a case that did not repeat it. The run adds these clients to the history. */
export function clientsStayConnected(): Check {
  return {
    name: "clients-stay-connected",
    isCause: true,
    judge: ({ events }) => {
      const lost = ofKind(events, "client-lost");
      const [first] = lost;
      if (first !== undefined)
        return fail(
          "living clients stay connected",
          lost.length === 1
            ? first.reason
            : `${lost.length} living clients were closed. The first: ${first.reason}`,
          lost.map(({ index }) => index),
        );
      const sign = lastSignOfLife(events, -1);
      return sign === undefined ? inconclusive(maybeGone) : pass([sign.index]);
    },
  };
}
