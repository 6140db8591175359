import type { Check } from "../check.ts";
import { leaveOf } from "../../history/leaves/matching.ts";
import { livesAt, personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import { observersOf } from "../../history/sessions/observers.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { seconds } from "../../util/words.ts";

/**
 * Who asked after the leaver's leave was told did not find it on the list of who is there, and did find those who stayed.
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
      if (leave === undefined) return inconclusive(`nobody was told that ${leaver} has left`);
      const after = events.slice(leave.index);
      const read = ofKind(after, "roster-read")[0];
      if (read === undefined) {
        const inVain = ofKind(after, "waited-in-vain")[0];
        return inVain === undefined
          ? inconclusive("nobody asked who is there after that")
          : fail("a list of who is there", `none in ${seconds(inVain.waitedMs)}`, [
              leave.index,
              inVain.index,
            ]);
      }
      if (read.clients.includes(name))
        return fail(
          `"${name}", which had left, is not on the list`,
          `it was, ${seconds(read.atMs - leave.atMs)} after its leave was told`,
          [leave.index, read.index],
        );
      const there = sessions.filter((s) => stayed.includes(s.actor) && livesAt(s, read.index)).map(personOf);
      const missing = there.find((one) => one !== undefined && !read.clients.includes(one));
      if (missing !== undefined)
        return fail(`"${missing}", which stayed, is on the list`, "it was not", [read.index]);
      return there.length === 0 ? inconclusive("nobody stayed") : pass([leave.index, read.index]);
    },
  };
}
