import type { Check } from "../check.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";

/**
 * Checks that the event of the actor's CONNECT has this header, and no data that the client sent only later, when it identified.
 * Client data that has to be known at CONNECT must be in the CONNECT.
 */
export function connectEventCarries(actor: string, header: string, value: string): Check {
  return {
    name: `connect-event-carries(${actor}, ${header})`,
    judge: ({ events }) => {
      const session = sessionsOf(events).find((s) => s.actor === actor);
      const identified = session?.identified[0];
      const probed = ofKind(events, "probed").find(({ index }) => index > (identified?.index ?? Infinity));
      if (session === undefined || identified === undefined || probed === undefined)
        return inconclusive(`the probe was not asked after ${actor} had identified`);
      const told = probed.told.filter(({ about }) => about === "connect");
      const own = told.filter(({ sessionId }) => sessionId === session.opened.sessionId);
      const [event] = own;
      const evidence = [session.opened.index, identified.index, probed.index];
      if (event === undefined)
        return told.length === 0
          ? inconclusive("the probe reported no CONNECT of this case, or no longer")
          : fail(
              `an event of ${actor}'s CONNECT`,
              "the probe reported only those of other clients",
              evidence,
            );
      if (own.length > 1)
        return fail(`one event of ${actor}'s CONNECT`, `the probe reported ${own.length}`, evidence);
      const found = event.headers[header];
      if (found !== value)
        return fail(
          `the event of ${actor}'s CONNECT carries ${header}:${value}`,
          found === undefined ? "it does not have that header" : `it has ${header}:${found}`,
          evidence,
        );
      const late = Object.entries(event.headers).find(([, text]) => text.includes(identified.client));
      return late === undefined
        ? pass(evidence)
        : fail(
            `the event of ${actor}'s CONNECT carries no data that the client sent later`,
            `its ${late[0]} has "${identified.client}", with which ${actor} identified later`,
            evidence,
          );
    },
  };
}
