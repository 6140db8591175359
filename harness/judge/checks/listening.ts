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
 * Whether it is on record that `observer` would have heard a notice at the end of the history. An absence needs both
 * time and a sentinel: every mechanism waited out, and after that a throwaway session whose own leave arrived.
 * @returns the index of the sentinel's leave, or why the absence is not proven
 */
export function absenceProof({ events, profile }: Evidence, observer: string): number | string {
  const waited = ofKind(events, "waited-out").at(-1);
  if (waited === undefined) return "the time in which a notice could still have come was not waited out";
  const sentinels = sessionsOf(events).filter(
    ({ actor, opened }) => isSentinel(actor) && opened.index > waited.index,
  );
  for (const sentinel of sentinels) {
    const leave = leaveOf(sentinel, observer, events, profile);
    if (leave !== undefined) return leave.index;
  }
  const missing = sentinels.find((sentinel) => missingSentinel(sentinel, observer, { events, profile }));
  return missing === undefined
    ? `${observer} did not hear the sentinel's leave, so it is not certain that it would have heard another`
    : `the leave of ${missing.actor} itself is missing, so no absence of another can be shown`;
}

/** What shows that a sentinel's own leave is missing. */
interface MissingSentinel {
  readonly taken: HistoryEvent;
  readonly inVain: EventOf<"waited-in-vain">;
}

/**
 * Returns what shows that the sentinel's leave is missing at an observer: the target took its DISCONNECT, the observer had
 * heard of the sentinel or heard others afterwards, and the leave was waited for in vain, for longer than its deadline and the
 * harness's own delay together. Undefined where something is not shown.
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
 * Whether `observer` is known to have still been listening after the event `since`: any notice of a sentinel, its
 * join too, shows that.
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

/** Whether the target was still there after that event: it told somebody something. One that is gone closes everything. */
export const livedAfter = (events: readonly HistoryEvent[], index: number): boolean =>
  events.some((event) => event.index > index && fromTarget.includes(event.kind));

export const maybeGone = "nothing shows that the target itself was still there";

/** Nothing was heard that should not have been. Was everybody there to hear it, until nothing could come any more? */
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
