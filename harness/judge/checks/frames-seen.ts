import type { Check } from "../check.ts";
import type { ReportedEvent } from "../../history/events/harness-events.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";

type SeenFrame = Pick<ReportedEvent, "command" | "headers">;

/** Headers that a server may leave out of its logs, because they hold credentials. */
const secret: readonly string[] = ["passcode", "authorization"];

/** Checks that an interceptor saw each frame of the actor once, in order, with its headers. */
export function framesSeen(actor: string): Check {
  return {
    name: `frames-seen(${actor})`,
    judge: ({ events }) => {
      const session = sessionsOf(events).find((s) => s.actor === actor);
      const sent = ofKind(events, "frame-sent").filter((frame) => frame.actor === actor);
      const last = sent.at(-1);
      const probed = ofKind(events, "probed").find(({ index }) => index > (last?.index ?? Infinity));
      if (session === undefined || probed === undefined)
        return inconclusive(`the probe was not asked after ${actor} had sent its frames`);
      const told = probed.told.filter(({ about }) => about === "frame");
      const before = sessionsOf(events).find(({ opened }) => opened.index < session.opened.index);
      if (!told.some(({ sessionId }) => sessionId === before?.opened.sessionId))
        return inconclusive(
          `the probe reported no session before ${actor}'s, so it may have forgotten missing events`,
        );
      const all = told.filter(({ sessionId }) => sessionId === session.opened.sessionId);
      const seen = all.filter((frame, place) => !isOwnDisconnect(frame, place, sent));
      const evidence = [...sent.map(({ index }) => index), probed.index];
      const commands = (frames: readonly SeenFrame[]) =>
        frames.map(({ command }) => command).join(", ") || "none";
      if (commands(seen) !== commands(sent))
        return fail(
          `an interceptor sees ${commands(sent)} of ${actor}`,
          `it saw ${commands(seen)}`,
          evidence,
        );
      const wrong = sent.flatMap(({ command, headers }, place) =>
        Object.entries(headers)
          .filter(
            ([name, value]) => !secret.includes(name.toLowerCase()) && seen[place]?.headers[name] !== value,
          )
          .map(([name, value]) => ({ command, name, value, found: seen[place]?.headers[name] })),
      )[0];
      return wrong === undefined
        ? pass(evidence)
        : fail(
            `it sees ${wrong.command} of ${actor} with ${wrong.name}:${wrong.value}`,
            wrong.found === undefined ? "without that header" : `with ${wrong.name}:${wrong.found}`,
            evidence,
          );
    },
  };
}

/**
 * Spring sends a DISCONNECT of its own through the same channel whenever a session ends (StompSubProtocolHandler,
 * `afterSessionEnded`). It comes last, and has no headers of the client's.
 */
const isOwnDisconnect = ({ command, headers }: SeenFrame, place: number, sent: readonly unknown[]): boolean =>
  command === "DISCONNECT" && place >= sent.length && Object.keys(headers).length === 0;
