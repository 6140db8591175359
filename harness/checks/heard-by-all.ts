import type { Check, Evidence } from "../check.ts";
import { dueEnds, leaveHeard, observersOf, personOf, sessionsOf, type Session } from "../oracle.ts";
import { fail, inconclusive, pass, type Verdict } from "../verdict.ts";
import { heardSentinel } from "./listening.ts";
import { seconds } from "./words.ts";

/** Every subscriber that was ready hears of the end of each of the actor's sessions that is due one. */
export function heardByAll(actor: string): Check {
  return { name: `heard-by-all(${actor})`, judge: (evidence) => judge(evidence, actor) };
}

function judge({ events, profile }: Evidence, actor: string): Verdict {
  const heard: number[] = [];
  for (const session of sessionsOf(events).filter((s) => s.actor === actor && isDue(s))) {
    for (const observer of observersOf(session, events)) {
      const leave = leaveHeard(events, session, observer.actor, profile.sessions);
      if (leave === undefined) return missing(session, observer.actor);
      heard.push(leave.index);
    }
  }
  return pass(heard);

  function isDue(session: Session): boolean {
    const { due } = dueEnds(events, personOf(session) ?? "", profile.sessions);
    return due.some(({ opened }) => opened.index === session.opened.index);
  }

  function missing(session: Session, observer: string): Verdict {
    const end = session.end;
    if (end === undefined) return inconclusive(`${actor} did not leave`);
    const waited = events.findLast((e) => e.kind === "waited-out");
    if (waited === undefined || waited.index < end.index || !heardSentinel(events, observer, waited.index)) {
      return inconclusive(
        `${observer} heard no leave of ${actor}, but it is not certain that it was still listening`,
      );
    }
    return fail(
      `${observer} hears that ${actor} has left (${end.fault} at ${seconds(end.atMs)})`,
      `${observer} heard nothing of it until ${seconds(waited.atMs)}, and did hear a later session come`,
      [end.index, waited.index],
    );
  }
}
