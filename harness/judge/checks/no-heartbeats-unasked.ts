import type { Check } from "../check.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, notApplicable, pass } from "../verdict.ts";
import { seconds } from "../../util/words.ts";

/** A carriage return and a line feed, in bytes. A frame is longer. */
const endOfLineMax = 2;

/**
 * The actor, which wants no heartbeats, gets none: no end of line by itself, half a period of the profile's or more after
 * whatever came before. A frame may be followed by some (STOMP 1.2, "Augmented BNF").
 */
export function noHeartbeatsUnasked(actor: string): Check {
  return {
    name: `no-heartbeats-unasked(${actor})`,
    judge: ({ events, profile: { heartbeatMs } }) => {
      const connected = sessionsOf(events).find((s) => s.actor === actor)?.connected;
      if (connected === undefined) return inconclusive(`${actor} never connected`);
      if (connected.serverHeartbeatMs > 0) return notApplicable(`${actor} wants heartbeats`);
      const heard = ofKind(events, "heard").filter((e) => e.actor === actor && e.index > connected.index);
      let last: { readonly atMs: number; readonly index: number } = connected;
      for (const next of heard) {
        const afterMs = next.atMs - last.atMs;
        if (next.bytes <= endOfLineMax && afterMs >= heartbeatMs / 2)
          return fail(
            `no heartbeats for ${actor}, which wants none`,
            `an end of line, ${seconds(afterMs)} after anything else`,
            [connected.index, next.index],
          );
        last = next;
      }
      const waited = ofKind(events, "waited-out").find(({ index }) => index > connected.index);
      if (waited === undefined || waited.atMs - connected.atMs < 2 * heartbeatMs)
        return inconclusive("nobody waited for two heartbeat periods");
      const after = heard.find(({ index }) => index > waited.index);
      return after === undefined
        ? inconclusive(`${actor} heard nothing more, so it is not certain that it would have heard one`)
        : pass([connected.index, waited.index, after.index]);
    },
  };
}
