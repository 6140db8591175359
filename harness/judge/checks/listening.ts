import type { Evidence } from "../check.ts";
import { ofKind, type EventOf, type HistoryEvent } from "../../history/events/events.ts";
import { leaveOf } from "../../history/leaves/matching.ts";
import { personOf, sessionsOf, takenDisconnect, type Session } from "../../history/sessions/sessions.ts";
import { isSentinel } from "../../history/sessions/sentinels.ts";
import { listens } from "../../history/sessions/observers.ts";
import { windowOf } from "../../history/sessions/windows.ts";
import { inconclusive, pass, type Verdict } from "../verdict.ts";
import { lagBetweenMs, latenessOf } from "../../history/lateness.ts";

/**
 * Returns the proof that `observer` would have received a notice at the end of the history. An absence needs time and a sentinel: every
 * mechanism has had its time, and after that the leave of a throwaway session arrived.
 * @returns the index of the sentinel's leave, or the reason why the absence is not proven
 */
export function absenceProof({ events, profile }: Evidence, observer: string): number | string {
  const waited = ofKind(events, "waited-out").at(-1);
  if (waited === undefined) return "the case did not wait for the time in which a notice could still arrive";
  const sentinels = sessionsOf(events).filter(
    ({ actor, opened }) => isSentinel(actor) && opened.index > waited.index,
  );
  for (const sentinel of sentinels) {
    const leave = leaveOf(sentinel, observer, events, profile);
    if (leave !== undefined) return leave.index;
  }
  const missing = sentinels.find((sentinel) => missingSentinel(sentinel, observer, { events, profile }));
  return missing === undefined
    ? `${observer} did not receive the sentinel's leave, so it might not have received another either`
    : `the leave of ${missing.actor} itself is missing, so no absence of another can be proven`;
}

/** The proof that a sentinel's own leave is missing. */
interface MissingSentinel {
  readonly taken: HistoryEvent;
  readonly inVain: EventOf<"waited-in-vain">;
}

/**
 * Returns the proof that the sentinel's leave is missing at an observer; undefined where a part of it is missing:
 * - The target took the sentinel's DISCONNECT.
 * - The observer received a notice of the sentinel, or a later notice.
 * - The case waited for the leave for longer than its deadline and the harness's own delay together.
 */
export function missingSentinel(
  sentinel: Session,
  observer: string,
  { events, profile }: Pick<Evidence, "events" | "profile">,
): MissingSentinel | undefined {
  const { actor, end, opened } = sentinel;
  const inVain = ofKind(events, "waited-in-vain").find((e) => e.actor === actor && e.index > opened.index);
  const { taken } = takenDisconnect(sentinel, events) ?? {};
  if (end === undefined || inVain === undefined || taken === undefined) return undefined;
  if (leaveOf(sentinel, observer, events, profile) !== undefined) return undefined;
  const latestMs = windowOf(sentinel, profile)?.latestMs ?? end.atMs;
  if (latenessOf(inVain.atMs, latestMs, lagBetweenMs(events, end.atMs, inVain.atMs)) !== "late")
    return undefined;
  const person = personOf(sentinel);
  const listened = ofKind(events, "notice").some(
    (n) =>
      n.actor === observer &&
      n.index > opened.index &&
      (n.index > end.index || (n.client !== null && n.client === person)),
  );
  return listened ? { taken, inVain } : undefined;
}

/**
 * Returns true where `observer` was still listening after the event `since`. Any notice of a sentinel, also its join, proves that.
 */
export function heardSentinel(events: readonly HistoryEvent[], observer: string, since: number): boolean {
  const sentinels = sessionsOf(events)
    .filter(({ actor }) => isSentinel(actor))
    .map(personOf);
  return ofKind(events, "notice").some(
    ({ actor, index, client }) =>
      actor === observer && index > since && client !== null && sentinels.includes(client),
  );
}

const fromTarget: readonly HistoryEvent["kind"][] = [
  "opened",
  "connected",
  "subscribed",
  "notice",
  "receipt",
];

/** Returns the last event after that one that shows that the target still sent something; undefined without one. */
export const lastSignOfLife = (events: readonly HistoryEvent[], index: number): HistoryEvent | undefined =>
  events.findLast((event) => event.index > index && fromTarget.includes(event.kind));

/** Returns true where the target still sent something after that event. A target that is gone closes every connection. */
export const livedAfter = (events: readonly HistoryEvent[], index: number): boolean =>
  lastSignOfLife(events, index) !== undefined;

export const maybeGone = "no event shows that the target itself still ran";

/** Returns the verdict of a check that found no wrong notice: a pass only where every observer listened until the end. */
export function nothingMore(evidence: Evidence): Verdict {
  const observers = sessionsOf(evidence.events).filter(
    (session) => !isSentinel(session.actor) && listens(session),
  );
  const proofs = observers.map((observer) => absenceProof(evidence, observer.actor));
  const missing = proofs.find((proof) => typeof proof === "string");
  return missing === undefined
    ? pass(proofs.filter((proof) => typeof proof === "number"))
    : inconclusive(missing);
}
