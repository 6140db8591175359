import type { Check, Evidence } from "../check.ts";
import type { HistoryEvent } from "../../history/events/events.ts";
import { expectedLeaves, isUnannounced } from "../../history/leaves/expected-leaves.ts";
import type { ExpectedLeave } from "../../history/leaves/matching.ts";
import { fail, inconclusive, notApplicable, pass, type Verdict } from "../verdict.ts";
import { seconds, unannounced } from "../../util/words.ts";

/** Events that show a message of their actor to the target. */
const sendingKinds: readonly HistoryEvent["kind"][] = [
  ...(["opened", "connected", "subscribed", "identify-sent", "disconnect-sent"] as const),
];

/** Longest time from a message to the leave that it brought about, in milliseconds. */
const promptedMs = 250;

/**
 * Checks that every ready subscriber received the actor's leave before any other client sent something. The case lets nobody send until the leave
 * is overdue. Other checks judge a leave that is late or missing all the same.
 */
export function toldUnprompted(actor: string): Check {
  return {
    name: `told-unprompted(${actor})`,
    judge: (evidence) => {
      const { events, profile } = evidence;
      if (isUnannounced(events, profile, actor)) return notApplicable(unannounced);
      const due = expectedLeaves(events, profile).filter(({ session }) => session.actor === actor);
      if (due.length === 0) return inconclusive(`no leave of ${actor} was due to a subscriber`);
      const verdicts = due.map((expected) => judgeOne(evidence, expected));
      const bad =
        verdicts.find(({ kind }) => kind === "fail") ?? verdicts.find(({ kind }) => kind !== "pass");
      return bad ?? pass(verdicts.flatMap((one) => (one.kind === "pass" ? one.evidence : [])));
    },
  };
}

function judgeOne({ events }: Evidence, { session, end, observer, leave }: ExpectedLeave): Verdict {
  if (leave === undefined) return notApplicable(`${observer} received no leave of ${session.actor} at all`);
  const prompt = events.findLast(
    ({ actor, kind, index }) =>
      sendingKinds.includes(kind) && actor !== session.actor && index > end.index && index < leave.index,
  );
  if (prompt === undefined) return pass([end.index, leave.index]);
  const afterMs = Math.max(0, leave.atMs - prompt.atMs);
  if (afterMs > promptedMs) return notApplicable("it came late, but not together with a message");
  return fail(
    `${observer} receives the leave of ${session.actor} although no client sends anything`,
    `told only after the next message: ${observer} received it ${seconds(leave.atMs - end.atMs)} after the end, and ${seconds(afterMs)} after a message of ${prompt.actor}; before ${prompt.actor} nobody had sent anything`,
    [end.index, prompt.index, leave.index],
  );
}
