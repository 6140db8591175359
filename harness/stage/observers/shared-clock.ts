import type { HistoryEvent, NewEvent } from "../../history/events/events.ts";
import type { History } from "../../history/history.ts";

/**
 * Adds an event of a shared actor to a case's history. Both histories have a clock of their own, so times are converted. A time
 * before the case's begin counts as its begin.
 * @param atMs time of the event on the clock of `of`
 */
export function addAt(history: History, event: NewEvent, atMs: number, of: History): void {
  const converted = (ownMs: number) => Math.max(0, history.nowMs() - (of.nowMs() - ownMs));
  const times = event.kind === "fault-witnessed" ? { effectAtMs: converted(event.effectAtMs) } : {};
  history.add({ ...event, ...times }, converted(atMs));
}

/** Adds an event of a shared actor's own history to a case's history. */
export const copyTo = (history: History, { atMs, ...event }: HistoryEvent, of: History): void =>
  addAt(history, event, atMs, of);
