import type { Check, Evidence } from "../check.ts";
import { ofKind, type EventOf, type HistoryEvent } from "../../history/events/events.ts";
import { tellsJoins } from "../../history/notice.ts";
import { personOf, sessionsOf, takenDisconnect, type Session } from "../../history/sessions/sessions.ts";
import type { Phase } from "../../history/phase.ts";
import { fail, inconclusive, pass, type Verdict } from "../verdict.ts";

/** Checks that the actor's end began in that phase. A precondition, because the target may be faster or slower than expected. */
export function inPhase(actor: string, phase: Phase): Check {
  return {
    name: `in-phase(${actor}, ${phase})`,
    judge: (evidence) => {
      const session = sessionsOf(evidence.events).find((s) => s.actor === actor && s.end !== undefined);
      if (session?.end === undefined) return inconclusive(`${actor}'s end never began`);
      const proof = proofs[phase](session, session.end, evidence);
      return typeof proof === "string"
        ? fail(`${actor} is ${phase} when its end begins`, proof, [session.end.index])
        : proof;
    },
  };
}

/** Returns the proof of a phase, or the reason against it. */
type Prove = (session: Session, end: EventOf<"fault-injected">, evidence: Evidence) => Verdict | string;

const proofs: Readonly<Record<Phase, Prove>> = {
  opened: ({ opened, connected }, end) =>
    isBefore(connected, end) ? "it was connected already" : pass([opened.index, end.index]),
  connected: ({ connected, subscribed, identified }, end) => {
    if (!isBefore(connected, end)) return "it was not connected yet";
    if (isBefore(subscribed, end)) return "it was subscribed already";
    return isBefore(identified[0], end) ? "it had identified already" : pass([connected.index, end.index]);
  },
  subscribed: ({ subscribed, identified }, end) => {
    if (!isBefore(subscribed, end)) return "it was not subscribed yet";
    return isBefore(identified[0], end) ? "it had identified already" : pass([subscribed.index, end.index]);
  },
  identifying: ({ held }, end) =>
    held === undefined ? "nothing shows that its identify was on the way" : pass([held.index, end.index]),
  identified: (session, end, evidence) => {
    const last = session.identified.findLast(({ index }) => index < end.index);
    if (last === undefined || session.held !== undefined) return "nothing shows that it had identified";
    const { events, profile } = evidence;
    if (!tellsJoins(profile.notice)) return pass([last.index, end.index]);
    const known = noticesOf(session, "join", events).find(({ index }) => index < end.index);
    return known === undefined
      ? "no observer had received its join yet"
      : pass([last.index, known.index, end.index]);
  },
  hearing: (session, end, evidence) => {
    const { events } = evidence;
    const others = sessionsOf(events).filter((s) => s.actor !== session.actor && isBefore(s.end, end));
    for (const other of others.filter((s) => personOf(s) !== undefined)) {
      const heard = noticesOf(other, "leave", events)[0];
      const proof = [...(other.end === undefined ? [] : [other.end.index]), end.index];
      // A leave that no observer ever received was due too. Another check judges that it is missing.
      if (heard === undefined) return pass(proof);
      if (heard.index > end.index) return pass([...proof, heard.index]);
    }
    return "no notice of another's end was on its way";
  },
  disconnected: (session, _, { events }) => {
    const shown = takenDisconnect(session, events);
    if (shown === undefined) return "nothing shows that the target took its DISCONNECT";
    const { said, taken } = shown;
    const own = ofKind(events, "fault-injected").filter(({ actor }) => actor === session.actor);
    // There is no next fault where the target ended the connection by itself.
    const next = own.find(({ index }) => index > said.index);
    if (next === undefined) return pass([said.index, taken.index]);
    return isBefore(taken, next)
      ? pass([said.index, taken.index, next.index])
      : "nothing showed by then that the target had taken its DISCONNECT";
  },
};

const isBefore = <E extends HistoryEvent>(event: E | undefined, end: HistoryEvent): event is E =>
  event !== undefined && event.index < end.index;

const noticesOf = (session: Session, event: "join" | "leave", events: readonly HistoryEvent[]) =>
  ofKind(events, "notice").filter(
    (notice) =>
      notice.event === event && notice.client === personOf(session) && notice.index > session.opened.index,
  );
