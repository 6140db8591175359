import type { Check } from "../check.ts";
import { leaveOf } from "../../history/leaves/matching.ts";
import { livesAt, personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import { observersOf } from "../../history/sessions/observers.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { seconds } from "../../util/words.ts";

/**
 * Checks that a roster read after the leaver's leave does not contain the leaver, and contains those that stayed.
 * @param stayed actors that live and have identified
 */
export function rosterWithout(leaver: string, ...stayed: readonly string[]): Check {
  return {
    name: `roster-without(${leaver})`,
    judge: ({ events, profile }) => {
      const sessions = sessionsOf(events);
      const left = sessions.find((s) => s.actor === leaver && s.end !== undefined);
      const name = left === undefined ? undefined : personOf(left);
      if (left === undefined || name === undefined) return inconclusive(`${leaver} did not leave`);
      const leave = observersOf(left, events).flatMap(
        ({ actor }) => leaveOf(left, actor, events, profile) ?? [],
      )[0];
      if (leave === undefined) return inconclusive(`no observer received the leave of ${leaver}`);
      const after = events.slice(leave.index);
      const read = ofKind(after, "roster-read")[0];
      if (read === undefined) {
        const inVain = ofKind(after, "waited-in-vain")[0];
        return inVain === undefined
          ? inconclusive("no client requested the roster after that")
          : fail("a roster", `none in ${seconds(inVain.waitedMs)}`, [leave.index, inVain.index]);
      }
      if (read.clients.includes(name))
        return fail(
          `"${name}", which had left, is not on the roster`,
          `it was, ${seconds(read.atMs - leave.atMs)} after its leave`,
          [leave.index, read.index],
        );
      const there = sessions.filter((s) => stayed.includes(s.actor) && livesAt(s, read.index)).map(personOf);
      const missing = there.find((one) => one !== undefined && !read.clients.includes(one));
      if (missing !== undefined)
        return fail(`"${missing}", which stayed, is on the roster`, "it was not", [read.index]);
      return there.length === 0 ? inconclusive("no client stayed") : pass([leave.index, read.index]);
    },
  };
}
