import type { Check } from "../check.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { countOf } from "../../util/words.ts";

/**
 * Checks that the probe reports as many mappings after a crowd of sessions as before it, and as many open sessions, where it reports
 * those.
 */
export function noDrift(): Check {
  return {
    name: "no-drift",
    judge: ({ events }) => {
      const passed = ofKind(events, "passed-by");
      const [first] = passed;
      const last = passed.at(-1);
      if (first === undefined || last === undefined) return inconclusive("no session of a crowd ended");
      const unseen = passed.find(({ witness }) => witness === null);
      if (unseen !== undefined)
        return inconclusive(`nothing shows that ${unseen.fault} took effect on ${unseen.actor}`);
      const quiet = ofKind(events, "waited-out").find(({ index }) => index > last.index);
      const probes = ofKind(events, "probed");
      const [empty, before] = probes.filter(({ index }) => index < first.index).slice(-2);
      const after = probes.find(({ index }) => index > (quiet?.index ?? Infinity));
      if (empty === undefined || before === undefined || after === undefined)
        return inconclusive("the probe was not read twice before the crowd and once after all deadlines");
      if (before.mappings <= empty.mappings)
        return inconclusive(
          "the probe reported no more mappings after a client had identified, so it does not count them",
        );
      const evidence = [empty, before, first, last, after].map(({ index }) => index);
      for (const [what, was, is] of [
        ["mapping", before.mappings, after.mappings],
        ["open session", before.sessions, after.sessions],
      ] as const) {
        if (was === is || was === null || is === null) continue;
        return fail(
          `${countOf(was, what)}, as before, after ${countOf(passed.length, "session")}`,
          `the probe reported ${is}`,
          evidence,
        );
      }
      return pass(evidence);
    },
  };
}
