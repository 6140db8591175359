import type { HistoryEvent } from "./events/events.ts";
import { secrets } from "../secrets/secrets.ts";

/** The fields that hold the harness's own words, which checks compare. Every other field may repeat a target's words. */
const ownWords: ReadonlySet<string> = new Set([
  ...["kind", "actor", "fault", "ends", "event", "claimedBy", "confirmedBy", "transport", "source"],
  ...["awaited", "about"],
]);

/**
 * Returns a history without secrets. All its events are masked together when the case is over. Therefore a value that was learned
 * late is masked in earlier events too, and equal names stay equal. The history is judged as it is stored.
 */
export const maskedHistory = (events: readonly HistoryEvent[]): HistoryEvent[] =>
  events.map((event) => withMaskedNames(secrets.maskAll(event, ownWords)));

/** Masks the names of headers that the probe reports, because the target chooses them. */
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
