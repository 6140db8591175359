import type { Check } from "../check.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";

/**
 * The event of the actor's CONNECT carries this header of it, and nothing of what the client said only afterwards, when it
 * identified: whoever wants to know a client at CONNECT must put it there.
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
          ? inconclusive("the probe told of no CONNECT of this case, or no longer")
          : fail(`an event of ${actor}'s CONNECT`, "the probe told of others' alone", evidence);
      if (own.length > 1)
        return fail(`one event of ${actor}'s CONNECT`, `the probe told of ${own.length}`, evidence);
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
            `the event of ${actor}'s CONNECT carries nothing that was said after it`,
            `its ${late[0]} has "${identified.client}", with which ${actor} identified later`,
            evidence,
          );
    },
  };
}
