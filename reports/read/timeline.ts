import type { HistoryEvent } from "../../harness/history/events/events.ts";

/** Part of a timeline: an event, or the number of omitted events. */
export type Stretch = { readonly event: HistoryEvent } | { readonly omitted: number };

/** Meaning of an event for the reader. Evidence comes before the others. */
export type Mark = "evidence" | "fault" | "witness" | "none";

export function markOf(event: HistoryEvent, evidence: ReadonlySet<number>): Mark {
  if (evidence.has(event.index)) return "evidence";
  if (event.kind === "fault-injected") return "fault";
  return event.kind === "fault-witnessed" ? "witness" : "none";
}

/**
 * Returns at most `max` events of a timeline, in order. Prefers evidence, then faults and witnesses, then their
 * neighbors, then the beginning. Gaps hold the number of omitted events.
 */
export function excerpt(
  timeline: readonly HistoryEvent[],
  evidence: ReadonlySet<number>,
  max: number,
): readonly Stretch[] {
  const kept = new Set(mostTelling(timeline, evidence).slice(0, max));
  const stretches: Stretch[] = [];
  let omitted = 0;
  for (const [place, event] of timeline.entries()) {
    if (!kept.has(place)) {
      omitted += 1;
      continue;
    }
    if (omitted > 0) stretches.push({ omitted });
    omitted = 0;
    stretches.push({ event });
  }
  return omitted > 0 ? [...stretches, { omitted }] : stretches;
}

/** Returns the indices of a timeline, the most important first. */
function mostTelling(timeline: readonly HistoryEvent[], evidence: ReadonlySet<number>): readonly number[] {
  const marks = timeline.map((event) => markOf(event, evidence));
  const rank = (place: number): number => {
    if (marks[place] === "evidence") return 0;
    if (marks[place] !== "none") return 1;
    return marks.slice(Math.max(0, place - 2), place + 3).some((mark) => mark !== "none") ? 2 : 3;
  };
  return marks
    .map((_, place) => ({ place, rank: rank(place) }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ place }) => place);
}
