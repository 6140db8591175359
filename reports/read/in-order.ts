import type { HistoryEvent } from "../../harness/history/events/events.ts";

/** What a client tells of itself. From a page or another process that takes its time. */
const toldByClient: ReadonlySet<HistoryEvent["kind"]> = new Set([
  "opened",
  "connected",
  "subscribed",
  "session-id-read",
  "identify-sent",
]);

/**
 * Returns a history with causes before effects, for its reader. The harness may learn from a page that it identified only
 * after others were told of the join. What the client did up to then is put before that notice, at the notice's time, which
 * is the latest possible.
 */
export function inOrder(timeline: readonly HistoryEvent[]): readonly HistoryEvent[] {
  return timeline.filter(isFirstOfItsName).reduce(moveUp, timeline);
}

type Identify = Extract<HistoryEvent, { readonly kind: "identify-sent" }>;

/** Of a second session under the same name nobody can tell which of them a notice is about. */
const isFirstOfItsName = (
  event: HistoryEvent,
  _place: number,
  timeline: readonly HistoryEvent[],
): event is Identify =>
  event.kind === "identify-sent" &&
  timeline.find((e) => e.kind === "identify-sent" && e.client === event.client) === event;

function moveUp(
  timeline: readonly HistoryEvent[],
  { actor, client, index }: Identify,
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
