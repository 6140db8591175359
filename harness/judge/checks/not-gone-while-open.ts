import type { Check } from "../check.ts";
import { personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import { leavesReceived } from "../../history/sessions/observers.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { lagBetweenMs } from "../../history/lateness.ts";
import { seconds } from "../../util/words.ts";

/** Time before the end of a connection in which a leave is allowed, in milliseconds. Targets announce before they close. */
const surelyOpenMs = 400;

/**
 * Checks that no observer receives the actor's leave while its connection is open. A target may announce the end shortly before it
 * closes the connection. An ERROR to the client ends its session.
 */
export function notGoneWhileOpen(actor: string): Check {
  return {
    name: `not-gone-while-open(${actor})`,
    judge: ({ events }) => {
      const session = sessionsOf(events).findLast((s) => s.actor === actor);
      const name = session === undefined ? undefined : personOf(session);
      if (session?.closed === undefined || name === undefined)
        return inconclusive(`${actor} had not identified, or its connection did not end`);
      const error = ofKind(events, "stomp-error").find((e) => e.actor === actor);
      const endedMs = Math.min(session.closed.atMs, error?.atMs ?? Infinity);
      const observers = new Set(ofKind(events, "notice").map((notice) => notice.actor));
      const early = [...observers]
        .flatMap((observer) => leavesReceived(events, observer, name))
        .find(
          ({ atMs, index }) =>
            index > session.opened.index &&
            atMs < endedMs - surelyOpenMs - lagBetweenMs(events, atMs, endedMs),
        );
      return early === undefined
        ? pass([session.closed.index])
        : fail(
            `no leave of ${actor} while its connection is open`,
            `${early.actor} received its leave at ${seconds(early.atMs)}; its connection was open until ${seconds(endedMs)}`,
            [early.index, session.closed.index].sort((a, b) => a - b),
          );
    },
  };
}
