import type { HistoryEvent, NewEvent } from "../../history/events/events.ts";
import type { History } from "../../history/history.ts";

/**
 * Adds an event of a shared actor to a case's history. The two histories use different clocks, so times are converted. A time
 * before the case began becomes 0.
 * @param atMs time of the event on the clock of `source`
 */
export function addAt(history: History, event: NewEvent, atMs: number, source: History): void {
  const converted = (ownMs: number) => Math.max(0, history.nowMs() - (source.nowMs() - ownMs));
  const times = event.kind === "fault-witnessed" ? { effectAtMs: converted(event.effectAtMs) } : {};
  history.add({ ...event, ...times }, converted(atMs));
}

/** Adds an event of a shared actor's own history to a case's history. */
export const copyTo = (history: History, { atMs, ...event }: HistoryEvent, source: History): void =>
  addAt(history, event, atMs, source);
