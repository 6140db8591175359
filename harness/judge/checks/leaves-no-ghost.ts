import type { Check, CheckKind, Evidence } from "../check.ts";
import { leaveOf } from "../../history/leaves/matching.ts";
import { personOf, sessionsOf, type Session } from "../../history/sessions/sessions.ts";
import { observersOf } from "../../history/sessions/observers.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass, type Verdict } from "../verdict.ts";
import { absenceProof } from "./listening.ts";
import { seconds } from "../../util/words.ts";

export const leavesNoGhostKind = { id: "leaves-no-ghost", answers: "told" } as const satisfies CheckKind;

/**
 * Checks that every observer that received the actor's join receives its leave. The target may ignore an identify message that its
 * session's end overtook. If it does not, both notices are due.
 */
export function leavesNoGhost(actor: string): Check {
  return {
    name: `${leavesNoGhostKind.id}(${actor})`,
    judge: (evidence) => {
      const ended = sessionsOf(evidence.events).filter((s) => s.actor === actor && s.end !== undefined);
      const verdicts = ended.flatMap((session) =>
        observersOf(session, evidence.events).map((observer) => judgeFor(observer.actor, session, evidence)),
      );
      const proof: number[] = [];
      for (const verdict of verdicts) {
        if (verdict.kind !== "pass") return verdict;
        proof.push(...verdict.evidence);
      }
      return proof.length === 0 ? inconclusive(`no observer listened when ${actor} left`) : pass(proof);
    },
  };
}

function judgeFor(observer: string, session: Session, evidence: Evidence): Verdict {
  const { events, profile } = evidence;
  const { actor, opened } = session;
  const join = ofKind(events, "notice").find(
    (n) =>
      n.event === "join" && n.actor === observer && n.client === personOf(session) && n.index > opened.index,
  );
  const leave = leaveOf(session, observer, events, profile);
  if (leave !== undefined) return pass([...(join === undefined ? [] : [join.index]), leave.index]);
  const listened = absenceProof(evidence, observer);
  if (typeof listened === "string") return inconclusive(listened);
  if (join === undefined) return pass([listened]);
  return fail(
    `${observer}, which received the join of ${actor} at ${seconds(join.atMs)}, receives its leave`,
    `no leave followed, although ${actor} had already left: a ghost`,
    [join.index, listened],
  );
}
