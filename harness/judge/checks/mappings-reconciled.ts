import type { Check } from "../check.ts";
import { clockErrorMs } from "../../util/clock-error.ts";
import { ofKind, type EventOf } from "../../history/events/events.ts";
import { livesAt, personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import { reconciledByMs } from "../../history/sessions/windows.ts";
import { fail, inconclusive, notApplicable, pass } from "../verdict.ts";
import { countOf, seconds } from "../../util/words.ts";

/** Checks that the target has removed the mappings of the sessions that ended with it, by the declared time after its restart. */
export function mappingsReconciled(): Check {
  return {
    name: "mappings-reconciled",
    judge: ({ events, profile }) => {
      if (profile.probe === undefined) return notApplicable("the profile describes no `probe`");
      const old = sessionsOf(events).filter((s) => s.restarted !== undefined && personOf(s) !== undefined);
      const byMs = Math.max(0, ...old.map((session) => reconciledByMs(session, profile) ?? Infinity));
      const [killed] = old.flatMap(({ end }) => end ?? []);
      if (killed === undefined) return inconclusive("no session that had identified ended with the target");
      const living = ({ index }: EventOf<"probed">) =>
        sessionsOf(events).filter((s) => personOf(s) !== undefined && livesAt(s, index)).length;
      const probes = ofKind(events, "probed");
      const [empty, stored] = probes.filter(({ index }) => index < killed.index).slice(-2);
      const after = probes.find(({ askedAtMs }) => askedAtMs >= byMs + clockErrorMs);
      if (empty === undefined || stored === undefined || after === undefined)
        return inconclusive(
          "the probe was not read twice before the target ended and once after the deadline",
        );
      if (
        stored.mappings - empty.mappings !== living(stored) - living(empty) ||
        living(stored) === living(empty)
      )
        return inconclusive("before the target ended, the probe did not count its mappings");
      const expected = empty.mappings - living(empty) + living(after);
      const evidence = [empty, stored, killed, after].map(({ index }) => index);
      return after.mappings === expected
        ? pass(evidence)
        : fail(
            `${countOf(expected, "mapping")} by ${seconds(byMs)}: those of the living sessions`,
            `the probe, read at ${seconds(after.askedAtMs)}, reported ${after.mappings}`,
            evidence,
          );
    },
  };
}
