import type { Check } from "../check.ts";
import { leaveOf } from "../../history/leaves/matching.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { observersOf } from "../../history/sessions/observers.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { countOf, seconds } from "../../util/words.ts";

/**
 * A probe that was asked when the actor's leave had been heard counts its mapping no more. What others have stored meanwhile
 * it can't tell apart, so that the target has to be the case's own.
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
      if (leave === undefined) return inconclusive(`nobody heard ${actor} leave`);
      const probes = ofKind(events, "probed");
      const before = probes.findLast(({ index }) => index < session.opened.index);
      const meanwhile = probes.findLast(({ index }) => index > session.opened.index && index < end.index);
      const after = probes.find(({ index, askedAtMs }) => index > leave.index && askedAtMs >= leave.atMs);
      if (before === undefined || meanwhile === undefined || after === undefined)
        return inconclusive(
          `the probe was not asked before ${actor} came, while it was there and when it had left`,
        );
      if (meanwhile.mappings !== before.mappings + 1)
        return inconclusive(
          `the probe told of ${countOf(before.mappings, "mapping")} before ${actor} identified and of ${meanwhile.mappings} then, so that it does not show which are stored`,
        );
      const evidence = [before, meanwhile, leave, after].map(({ index }) => index);
      return after.mappings === before.mappings
        ? pass(evidence)
        : fail(
            `${countOf(before.mappings, "mapping")} as soon as ${leave.actor} has heard ${actor} leave (${seconds(leave.atMs)})`,
            `the probe, asked at ${seconds(after.askedAtMs)}, told of ${after.mappings}`,
            evidence,
          );
    },
  };
}
