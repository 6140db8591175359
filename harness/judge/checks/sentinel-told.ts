import type { Check, Evidence } from "../check.ts";
import { expectedLeaves } from "../../history/leaves/expected-leaves.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { isSentinel } from "../../history/sessions/sentinels.ts";
import { observersOf } from "../../history/sessions/observers.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { missingSentinel } from "./listening.ts";
import { seconds } from "../../util/words.ts";

/**
 * Everybody who listens hears of the sentinel's own leave. A sentinel is an ordinary client that ends by DISCONNECT: where
 * the target took that and told an observer nothing, a leave is missing. An observer that missed another's leave as well is
 * left to the check of that one.
 */
export function sentinelTold(): Check {
  return {
    name: "sentinel-told",
    invariant: true,
    judge: (evidence) => {
      const sentinels = sessionsOf(evidence.events).filter(
        ({ actor, end }) => isSentinel(actor) && end !== undefined,
      );
      const deaf = new Set(deafIn(evidence));
      for (const sentinel of sentinels) {
        for (const { actor: observer } of observersOf(sentinel, evidence.events)) {
          if (deaf.has(observer)) continue;
          const missing = missingSentinel(sentinel, observer, evidence);
          if (missing === undefined) continue;
          const { taken, inVain } = missing;
          return fail(
            `${observer} hears that ${sentinel.actor} has left, whose DISCONNECT was taken at ${seconds(taken.atMs)}`,
            `${observer} had heard of it before, and heard of no leave for ${seconds(inVain.waitedMs)}`,
            [taken.index, inVain.index],
          );
        }
      }
      const last = sentinels.at(-1)?.end;
      return last === undefined ? inconclusive("no sentinel ended") : pass([last.index]);
    },
  };
}

/** The observers that missed a leave which was due. */
const deafIn = ({ events, profile }: Evidence): string[] =>
  expectedLeaves(events, profile)
    .filter(({ window, leave }) => window !== undefined && leave === undefined)
    .map(({ observer }) => observer);
