import type { HistoryEvent } from "../../history/events/events.ts";

/** Events that fulfil each wait of `until`, or after which nothing can fulfil it. */
export const awaitable = {
  "an answer to CONNECT": ["connected", "stomp-error", "closed"],
  "the open frame": ["opened", "closed"],
  "the connection's end": ["closed"],
  "the list of who is there": ["roster-read", "closed"],
} as const satisfies Record<string, readonly HistoryEvent["kind"][]>;
