import type { HistoryEvent } from "../history/events/events.ts";
import type { Attempt } from "../judge/attempts/judged-attempt.ts";

type Added<E extends HistoryEvent> = E extends HistoryEvent ? Omit<E, "index" | "atMs"> : never;

/** Adds what the run found out after a case to the end of its last attempt, or to an empty one. */
export function withEvents(attempts: readonly Attempt[], added: readonly Added<HistoryEvent>[]): Attempt[] {
  const empty: Attempt = { alone: true, trouble: null, durationMs: 0, lagMaxMs: 0, events: [] };
  const last = attempts.at(-1) ?? empty;
  const events = added.map((event, place) => ({
    ...event,
    index: last.events.length + place,
    atMs: last.durationMs,
  }));
  return [...attempts.slice(0, -1), { ...last, events: [...last.events, ...events] }];
}
