import type { Check } from "../check.ts";
import { ofKind } from "../../history/events/events.ts";
import { livesAt, personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import { reconciledByMs } from "../../history/sessions/windows.ts";
import { clockErrorMs } from "../../util/clock-error.ts";
import { seconds } from "../../util/words.ts";
import { fail, inconclusive, notApplicable, pass } from "../verdict.ts";

/**
 * Checks the roster that a new client reads after the target's restart. It must list the living clients, and no client whose sessions
 * all ended with the target. The check counts from the time by which the target must have removed them.
 */
export function rosterReconciled(): Check {
  return {
    name: "roster-reconciled",
    judge: ({ events, profile }) => {
      if (profile.roster === undefined && profile.notice.roster === undefined)
        return notApplicable("the profile describes no roster (`roster` or `notice.roster`)");
      const sessions = sessionsOf(events);
      const old = sessions.filter((s) => s.restarted !== undefined && personOf(s) !== undefined);
      const byMs = Math.max(0, ...old.map((session) => reconciledByMs(session, profile) ?? Infinity));
      const [ended] = old.flatMap(({ end }) => end ?? []);
      if (ended === undefined) return inconclusive("no session that had identified ended with the target");
      const isLate = ({ atMs }: { readonly atMs: number }) => atMs >= byMs + clockErrorMs;
      const read = ofKind(events, "roster-read").find(isLate);
      if (read === undefined) {
        const inVain = ofKind(events, "waited-in-vain").find(isLate);
        return inVain === undefined
          ? inconclusive("no client read the roster after the deadline")
          : fail("a roster", `none in ${seconds(inVain.waitedMs)}`, [ended.index, inVain.index]);
      }
      const living = sessions.filter((s) => s.actor !== read.actor && livesAt(s, read.index)).map(personOf);
      const ghost = old.map(personOf).find((name) => isOn(read.clients, name) && !living.includes(name));
      if (ghost !== undefined)
        return fail(
          `by ${seconds(byMs)} the roster does not list "${ghost}", whose session ended with the target`,
          `the roster read at ${seconds(read.atMs)} lists it`,
          [ended.index, read.index],
        );
      const missing = living.find((name) => name !== undefined && !isOn(read.clients, name));
      return missing === undefined
        ? pass([ended.index, read.index])
        : fail(`"${missing}", which is connected, is on the roster`, "it is not", [read.index]);
    },
  };
}

const isOn = (clients: readonly string[], name: string | undefined): boolean =>
  name !== undefined && clients.includes(name);
