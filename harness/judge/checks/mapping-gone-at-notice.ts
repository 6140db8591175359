import type { Check } from "../check.ts";
import { leaveOf } from "../../history/leaves/matching.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { observersOf } from "../../history/sessions/observers.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { countOf, seconds } from "../../util/words.ts";

/**
 * Checks that a probe after the actor's leave no longer counts its mapping. A probe cannot tell the mappings of other cases apart, so the
 * case needs its own target.
 */
export function mappingGoneAtNotice(actor: string): Check {
  return {
    name: `mapping-gone-at-notice(${actor})`,
    judge: ({ events, profile }) => {
      const session = sessionsOf(events).find((s) => s.actor === actor && s.end !== undefined);
      const { end } = session ?? {};
      if (session === undefined || end === undefined) return inconclusive(`${actor}'s end never began`);
      const leaves = observersOf(session, events).flatMap(
        (o) => leaveOf(session, o.actor, events, profile) ?? [],
      );
      const [leave] = leaves.sort((a, b) => a.index - b.index);
      if (leave === undefined) return inconclusive(`no observer received the leave of ${actor}`);
      const probes = ofKind(events, "probed");
      const before = probes.findLast(({ index }) => index < session.opened.index);
      const meanwhile = probes.findLast(({ index }) => index > session.opened.index && index < end.index);
      const after = probes.find(({ index, askedAtMs }) => index > leave.index && askedAtMs >= leave.atMs);
      if (before === undefined || meanwhile === undefined || after === undefined)
        return inconclusive(
          `the probe was not read before ${actor} connected, while it was connected and after it had left`,
        );
      if (meanwhile.mappings !== before.mappings + 1)
        return inconclusive(
          `the probe reported ${countOf(before.mappings, "mapping")} before ${actor} identified and ${meanwhile.mappings} after it, so it does not count the mappings`,
        );
      const evidence = [before, meanwhile, leave, after].map(({ index }) => index);
      return after.mappings === before.mappings
        ? pass(evidence)
        : fail(
            `${countOf(before.mappings, "mapping")} as soon as ${leave.actor} has received the leave of ${actor} (${seconds(leave.atMs)})`,
            `the probe, read at ${seconds(after.askedAtMs)}, reported ${after.mappings}`,
            evidence,
          );
    },
  };
}
