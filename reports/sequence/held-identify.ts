import type { HistoryEvent } from "../../harness/history/events/events.ts";

/** Returns true for an identify message that the actor's proxy held back. */
export function isHeld(event: HistoryEvent, timeline: readonly HistoryEvent[]): boolean {
  const next = timeline.find(
    ({ kind, actor, index }) =>
      actor === event.actor && index > event.index && (kind === "identify-held" || kind === "identify-sent"),
  );
  return event.kind === "identify-sent" && next?.kind === "identify-held";
}

/** Events of an actor after which its proxy holds an identify, or holds none. */
const changes = new Set<HistoryEvent["kind"]>([
  "identify-held",
  "identify-sent",
  "fault-injected",
  "closed",
  "end-received",
  "opened",
]);

/**
 * Returns true for the fault with which the actor's proxy forwards a held identify. The stage releases it as the fault
 * begins, and the connection was still open then.
 */
export function isRelease(event: HistoryEvent, timeline: readonly HistoryEvent[]): boolean {
  if (event.kind !== "fault-injected") return false;
  const last = timeline.findLast(
    ({ kind, actor, index }) => actor === event.actor && index < event.index && changes.has(kind),
  );
  return last?.kind === "identify-held";
}
