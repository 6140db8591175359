import type { HistoryEvent } from "../../harness/history/events/events.ts";

/** Events that a client reports about itself. Reports from a page or another process arrive late. */
const toldByClient: ReadonlySet<HistoryEvent["kind"]> = new Set([
  "opened",
  "connected",
  "subscribed",
  "session-id-read",
  "identify-sent",
]);

/**
 * Returns a history with causes before effects. A page may report its identify only after others got the join notice.
 * Such reports move before that notice and get its time, which is the latest possible.
 */
export function causalOrder(timeline: readonly HistoryEvent[]): readonly HistoryEvent[] {
  return timeline.filter(isFirstOfItsName).reduce(moveUp, timeline);
}

type IdentifySent = Extract<HistoryEvent, { readonly kind: "identify-sent" }>;

/**
 * Returns true for the first identify with a name. For a second session of the same name, the notice could belong to
 * either.
 */
const isFirstOfItsName = (
  event: HistoryEvent,
  _place: number,
  timeline: readonly HistoryEvent[],
): event is IdentifySent =>
  event.kind === "identify-sent" &&
  timeline.find((e) => e.kind === "identify-sent" && e.client === event.client) === event;

function moveUp(
  timeline: readonly HistoryEvent[],
  { actor, client, index }: IdentifySent,
): readonly HistoryEvent[] {
  const notice = timeline.find(
    (e) => e.kind === "notice" && e.event === "join" && e.client === client && e.index < index,
  );
  if (notice === undefined) return timeline;
  const isLate = (e: HistoryEvent) =>
    e.actor === actor && toldByClient.has(e.kind) && e.index > notice.index && e.index <= index;
  const late = timeline
    .filter(isLate)
    .map((event) => ({ ...event, atMs: Math.min(event.atMs, notice.atMs) }));
  return timeline.flatMap((event) => {
    if (event === notice) return [...late, event];
    return isLate(event) ? [] : [event];
  });
}
