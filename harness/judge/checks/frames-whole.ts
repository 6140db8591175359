import type { Check } from "../check.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";

/** Checks that every client of the case could read every message of the target. */
export function framesWhole(): Check {
  return {
    name: "frames-whole",
    invariant: true,
    isCause: true,
    judge: ({ events }) => {
      for (const { actor, reason, index } of ofKind(events, "gave-up"))
        if (reason !== undefined)
          return fail(`${actor}'s client can read what the target sends`, `it could not: ${reason}`, [index]);
      const waited = ofKind(events, "waited-out").at(-1);
      return waited === undefined
        ? inconclusive("the case did not wait for the session's end")
        : pass([waited.index]);
    },
  };
}
