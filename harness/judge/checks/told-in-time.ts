import type { Check, CheckKind, Evidence } from "../check.ts";
import { expectedLeaves, isUnannounced } from "../../history/leaves/expected-leaves.ts";
import type { ExpectedLeave } from "../../history/leaves/matching.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, notApplicable, pass, type Verdict } from "../verdict.ts";
import { heardSentinel } from "./listening.ts";
import { tooLate } from "../../history/lateness.ts";
import { lagOnTheWayMs, whatIsWrong } from "./left-inside-window.ts";
import { seconds, unannounced } from "../../util/words.ts";

export const toldInTimeKind = { id: "told-in-time", answers: "told" } as const satisfies CheckKind;

/**
 * Checks that every ready subscriber receives the actor's leave inside its window. It fails for a missing, a late and an early leave. It is not `timed`, because each retry would cost the whole deadline.
 */
export function toldInTime(actor: string): Check {
  return {
    name: `${toldInTimeKind.id}(${actor})`,
    judge: (evidence) => {
      const { events, profile } = evidence;
      if (isUnannounced(events, profile, actor)) return notApplicable(unannounced);
      const verdicts = expectedLeaves(events, profile)
        .filter(({ session }) => session.actor === actor)
        .map((expected) => judgeOne(evidence, expected));
      const [first] = verdicts;
      if (first === undefined)
        return inconclusive(`no leave of ${actor} was due to a subscriber that listened to the end`);
      const bad =
        verdicts.find(({ kind }) => kind === "fail") ?? verdicts.find(({ kind }) => kind === "inconclusive");
      return bad ?? pass(verdicts.flatMap((one) => (one.kind === "pass" ? one.evidence : [])));
    },
  };
}

function judgeOne({ events }: Evidence, { session, end, observer, window, leave }: ExpectedLeave): Verdict {
  if (window === undefined) return inconclusive("the window of this end is not known");
  const { actor, lastByteAtMs = end.atMs } = session;
  const within = seconds(window.latestMs - lastByteAtMs);
  const expected = `${observer} receives the leave of ${actor} within ${within} of its last byte`;
  if (leave !== undefined) {
    const lagMs = lagOnTheWayMs(events, end, window, leave);
    const wrong = whatIsWrong(leave, window, lagMs);
    if (wrong === undefined) return pass([leave.index]);
    if (wrong === "open") return inconclusive(tooLate(lagMs));
    const after = seconds(Math.max(0, leave.atMs - lastByteAtMs));
    return fail(expected, `${observer} received it after ${after}, too ${wrong}`, [end.index, leave.index]);
  }
  const waited = ofKind(events, "waited-out").find(({ index }) => index > end.index);
  if (waited === undefined || !heardSentinel(events, observer, waited.index))
    return inconclusive(
      `${observer} received no leave of ${actor}, but may not have been listening any more`,
    );
  return fail(
    expected,
    `no leave within ${within}, although ${observer} received the notices of a later session`,
    [end.index, waited.index],
  );
}
