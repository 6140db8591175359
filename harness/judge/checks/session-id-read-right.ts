import type { Check } from "../check.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";

/** Checks that the session id that the actor's page read is the one in the address that its browser requested. */
export function sessionIdReadRight(actor: string): Check {
  return {
    name: `session-id-read-right(${actor})`,
    judge: ({ events }) => {
      const read = ofKind(events, "session-id-read").find((e) => e.actor === actor);
      if (read === undefined) return inconclusive(`${actor}'s page reported no session id`);
      if (read.requested === null) return inconclusive("the browser requested no session's address");
      return read.read === read.requested
        ? pass([read.index])
        : fail(`the session id "${read.requested}"`, `"${read.read ?? "nothing"}"`, [read.index]);
    },
  };
}
