import type { Check } from "../check.ts";
import { personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import { leavesHeard } from "../../history/sessions/observers.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { lagBetweenMs } from "../../history/lateness.ts";
import { seconds } from "../../util/words.ts";

/** How long before its end a connection is surely still in use, in milliseconds. Targets close after they announced. */
const surelyOpenMs = 400;

/**
 * Nobody hears that the actor has left while its connection goes on. A target that ends a session may say so a moment
 * before it closes; one that tells the client of an ERROR has ended it then.
 */
export function notGoneWhileOpen(actor: string): Check {
  return {
    name: `not-gone-while-open(${actor})`,
    judge: ({ events }) => {
      const session = sessionsOf(events).findLast((s) => s.actor === actor);
      const name = session === undefined ? undefined : personOf(session);
      if (session?.closed === undefined || name === undefined)
        return inconclusive(`${actor} was nobody, or its connection did not end`);
      const error = ofKind(events, "stomp-error").find((e) => e.actor === actor);
      const endedMs = Math.min(session.closed.atMs, error?.atMs ?? Infinity);
      const observers = new Set(ofKind(events, "notice").map((notice) => notice.actor));
      const early = [...observers]
        .flatMap((observer) => leavesHeard(events, observer, name))
        .find(
          ({ atMs, index }) =>
            index > session.opened.index &&
            atMs < endedMs - surelyOpenMs - lagBetweenMs(events, atMs, endedMs),
        );
      return early === undefined
        ? pass([session.closed.index])
        : fail(
            `${actor} is not reported gone while its connection goes on`,
            `${early.actor} heard at ${seconds(early.atMs)} that it has left; its connection went on until ${seconds(endedMs)}`,
            [early.index, session.closed.index].sort((a, b) => a - b),
          );
    },
  };
}
