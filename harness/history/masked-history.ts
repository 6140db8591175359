import type { HistoryEvent } from "./events/events.ts";
import { secrets } from "../secrets/secrets.ts";

/** What an event says in the harness's own words, by which checks know it. Everything else may repeat a target's words. */
const ownWords: ReadonlySet<string> = new Set([
  ...["kind", "actor", "fault", "ends", "event", "claimedBy", "confirmedBy", "transport", "source"],
  ...["awaited", "about"],
]);

/**
 * A history without secrets. All its events are masked at once, when the case is over: a value that was learned late is
 * masked in the events before it, and what names the same client still does. It is judged as it is stored.
 */
export const maskedHistory = (events: readonly HistoryEvent[]): HistoryEvent[] =>
  events.map((event) => withMaskedNames(secrets.maskAll(event, ownWords)));

/** The names of headers are the target's to choose, too, where its probe tells them. */
function withMaskedNames(event: HistoryEvent): HistoryEvent {
  if (event.kind !== "probed") return event;
  const told = event.told.map((one) => ({
    ...one,
    headers: Object.fromEntries(
      Object.entries(one.headers).map(([name, value]) => [secrets.mask(name), value]),
    ),
  }));
  return { ...event, told };
}
