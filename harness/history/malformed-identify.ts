import type { HistoryEvent } from "./events/events.ts";

/** Name of the fault that sends an identify message that no server can read. */
export const malformedIdentify = "malformed-identify";

/** Returns true for the event that begins this fault. */
export const isMalformedIdentify = (event: HistoryEvent): boolean =>
  event.kind === "fault-injected" && event.fault === malformedIdentify;
