import type { Check } from "../check.ts";
import { ofKind } from "../../history/events/events.ts";
import { namesNobody } from "../../history/notice.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { fail, inconclusive, notApplicable } from "../verdict.ts";
import { nothingMore } from "./listening.ts";

/**
 * Checks that no notice and no roster names the actor, which the target refused. Every name of the case that belongs to no other actor
 * counts as the actor's.
 */
export function nobodyToldOf(actor: string): Check {
  return {
    name: `nobody-told-of(${actor})`,
    judge: (evidence) => {
      const { events, profile, alone } = evidence;
      if (namesNobody(profile.notice)) return notApplicable("the target's notices name nobody");
      const others = sessionsOf(events)
        .filter((session) => session.actor !== actor)
        .flatMap(({ identified, opened }) => [...identified.map(({ client }) => client), opened.sessionId]);
      const isOther = (client: string | null) => others.includes(client);
      const from = events.find((e) => e.actor === actor)?.index;
      if (from === undefined) return inconclusive(`${actor} did not try to connect`);
      const notice = ofKind(events.slice(from), "notice").find(({ client }) => !isOther(client));
      if (notice !== undefined) {
        if (notice.claimedBy === "nobody" && !alone)
          return inconclusive("a notice of a name that no case knows may come from another case");
        return fail(
          `no notice of ${actor}, which was refused`,
          `${notice.actor} received a ${notice.event} of ${JSON.stringify(notice.client)}`,
          [from, notice.index],
        );
      }
      for (const { clients, index } of ofKind(events, "roster-read")) {
        const listed = clients.find((client) => !isOther(client));
        if (listed !== undefined)
          return fail(`${actor}, which was refused, is not on the roster`, `"${listed}" is on it`, [
            from,
            index,
          ]);
      }
      return nothingMore(evidence);
    },
  };
}
