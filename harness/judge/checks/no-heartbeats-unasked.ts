import type { Check } from "../check.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, notApplicable, pass } from "../verdict.ts";
import { seconds } from "../../util/words.ts";

/** Length of a carriage return and a line feed, in bytes. A frame is longer. */
const endOfLineMax = 2;

/**
 * Checks that an actor that wants no heartbeats receives none: no single end of line, half a period of the profile's or more after the
 * bytes before it. Ends of line may follow a frame (STOMP 1.2, "Augmented BNF").
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
            `an end of line, ${seconds(afterMs)} after the bytes before it`,
            [connected.index, next.index],
          );
        last = next;
      }
      const waited = ofKind(events, "waited-out").find(({ index }) => index > connected.index);
      if (waited === undefined || waited.atMs - connected.atMs < 2 * heartbeatMs)
        return inconclusive("the case did not wait for two heartbeat periods");
      const after = heard.find(({ index }) => index > waited.index);
      return after === undefined
        ? inconclusive(`${actor} received nothing more, so it might not have received a heartbeat either`)
        : pass([connected.index, waited.index, after.index]);
    },
  };
}
