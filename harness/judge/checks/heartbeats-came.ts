import type { Check } from "../check.ts";
import { describeClose } from "../../history/sessions/connection-end.ts";
import { lateShare } from "../../util/limits.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, notApplicable, pass } from "../verdict.ts";
import { lagBetweenMs, latenessOf, tooLate } from "../../history/lateness.ts";
import { seconds } from "../../util/words.ts";

/** Smallest number of periods. In fewer, other messages could look like heartbeats. */
const periodsMin = 2;

/**
 * Checks that the actor received bytes of the target at least once in each negotiated period and a quarter, from CONNECTED until all
 * deadlines had passed.
 */
export function heartbeatsCame(actor: string): Check {
  return {
    name: `heartbeats-came(${actor})`,
    timed: true,
    judge: ({ events }) => {
      const session = sessionsOf(events).find((s) => s.actor === actor);
      if (session?.connected === undefined) return inconclusive(`${actor} never connected`);
      const { connected, closed } = session;
      const { serverHeartbeatMs: periodMs } = connected;
      if (periodMs === 0) return notApplicable("the target offered no heartbeats");
      const end = ofKind(events, "waited-out").at(-1);
      if (closed !== undefined)
        return inconclusive(describeClose(session, events) ?? `${actor}'s connection is closed`);
      if (end === undefined) return inconclusive(`the case did not wait for ${actor}'s heartbeats`);
      if (end.atMs - connected.atMs < periodsMin * periodMs)
        return inconclusive(`${actor} listened for less than ${periodsMin} heartbeat periods`);
      const heard = ofKind(events, "heard").filter(
        (e) => e.actor === actor && e.index > connected.index && e.index < end.index,
      );
      const limitMs = periodMs * (1 + lateShare);
      let last: { readonly atMs: number; readonly index: number } = connected;
      for (const next of [...heard, end]) {
        const gapMs = next.atMs - last.atMs;
        const lagMs = lagBetweenMs(events, last.atMs, next.atMs);
        const lateness = latenessOf(gapMs, limitMs, lagMs);
        if (lateness === "late")
          return fail(
            `something from the target every ${seconds(periodMs)}`,
            `nothing for ${seconds(gapMs)}, up to ${seconds(next.atMs)}`,
            [connected.index, last.index, next.index],
          );
        if (lateness === "open") return inconclusive(tooLate(lagMs));
        last = next;
      }
      return pass([connected.index, ...heard.map(({ index }) => index), end.index]);
    },
  };
}
