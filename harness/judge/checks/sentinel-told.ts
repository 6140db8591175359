import type { Check, Evidence } from "../check.ts";
import { expectedLeaves } from "../../history/leaves/expected-leaves.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { isSentinel } from "../../history/sessions/sentinels.ts";
import { observersOf } from "../../history/sessions/observers.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { missingSentinel } from "./listening.ts";
import { seconds } from "../../util/words.ts";

/**
 * Checks that every observer receives the sentinel's own leave. A sentinel is an ordinary client that ends by DISCONNECT. If the
 * target took the DISCONNECT and an observer did not receive that leave, the leave is missing. If that observer missed another leave as well,
 * the check of that leave judges it.
 */
export function sentinelTold(): Check {
  return {
    name: "sentinel-told",
    invariant: true,
    judge: (evidence) => {
      const sentinels = sessionsOf(evidence.events).filter(
        ({ actor, end }) => isSentinel(actor) && end !== undefined,
      );
      const unreliable = new Set(missedAnotherLeave(evidence));
      for (const sentinel of sentinels) {
        for (const { actor: observer } of observersOf(sentinel, evidence.events)) {
          if (unreliable.has(observer)) continue;
          const missing = missingSentinel(sentinel, observer, evidence);
          if (missing === undefined) continue;
          const { taken, inVain } = missing;
          return fail(
            `${observer} receives the leave of ${sentinel.actor}, whose DISCONNECT the target took at ${seconds(taken.atMs)}`,
            `${observer} received no leave for ${seconds(inVain.waitedMs)}, although it received other notices`,
            [taken.index, inVain.index],
          );
        }
      }
      const last = sentinels.at(-1)?.end;
      return last === undefined ? inconclusive("no sentinel ended") : pass([last.index]);
    },
  };
}

/** Returns the observers that missed a due leave. */
const missedAnotherLeave = ({ events, profile }: Evidence): string[] =>
  expectedLeaves(events, profile)
    .filter(({ window, leave }) => window !== undefined && leave === undefined)
    .map(({ observer }) => observer);
