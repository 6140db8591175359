import type { Check } from "../check.ts";
import { describeClose } from "../../history/sessions/connection-end.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { lagBetweenMs, latenessOf, tooLate } from "../../history/lateness.ts";
import { seconds } from "../../util/words.ts";

/**
 * Checks that bytes of the target reached the idle actor at least once in the idle timeout of a proxy, from CONNECTED until the case had
 * waited for it. Messages count as bytes, as they do for a proxy, but without a single keep-alive they prove nothing. It is not `timed`,
 * because each retry would cost the whole wait.
 */
export function keptAlive(actor: string): Check {
  return {
    name: `kept-alive(${actor})`,
    judge: ({ events, profile: { proxyIdleMs: limitMs } }) => {
      const session = sessionsOf(events).find((s) => s.actor === actor);
      if (session?.connected === undefined) return inconclusive(`${actor} never connected`);
      const { connected, closed } = session;
      const end = closed ?? ofKind(events, "waited-out").find(({ index }) => index > connected.index);
      if (end === undefined)
        return inconclusive(`the case did not wait while ${actor}'s connection was idle`);
      const arrived = ofKind(events, "traffic-arrived").filter(
        (e) => e.actor === actor && e.index > connected.index && e.index < end.index,
      );
      let last: { readonly atMs: number; readonly index: number } = connected;
      for (const next of [...arrived, end]) {
        const gapMs = next.atMs - last.atMs;
        const lagMs = lagBetweenMs(events, last.atMs, next.atMs);
        const lateness = latenessOf(gapMs, limitMs, lagMs);
        if (lateness === "late")
          return fail(
            `bytes from the server at least every ${seconds(limitMs)} on ${actor}'s idle connection`,
            `nothing for ${seconds(gapMs)}, up to ${seconds(next.atMs)}; a proxy cuts such a connection after ${seconds(limitMs)}`,
            [connected.index, last.index, next.index],
          );
        if (lateness === "open") return inconclusive(tooLate(lagMs));
        last = next;
      }
      if (end.atMs - connected.atMs < limitMs)
        return inconclusive(
          closed === undefined
            ? `${actor}'s connection was idle for less than ${seconds(limitMs)}`
            : (describeClose(session, events) ?? `${actor}'s connection is closed`),
        );
      if (!arrived.some(({ what }) => what === "keep-alive"))
        return inconclusive(
          `only messages about other clients kept ${actor}'s connection busy; run this case alone with --grep`,
        );
      return pass([connected.index, ...arrived.map(({ index }) => index), end.index]);
    },
  };
}
