import { ofKind, type EventOf, type HistoryEvent } from "../events/events.ts";
import type { Profile } from "../../profile/profile.ts";
import { aftermathOf, witnessOf } from "./fault-effects.ts";
import { isSentinel } from "./sentinels.ts";
import { sessionsOf } from "./sessions.ts";
import { reconciledByMs, visibleDeadlineMaxMs, visibleDeadlineMs, windowOf } from "./windows.ts";

/**
 * Returns the time from which on no notice can still be due: every end and every disturbance has had its deadline, and every
 * running timer its time. Disturbances count also before a session opens. Returns 0 where nothing was done.
 */
export function quietFromMs(events: readonly HistoryEvent[], profile: Profile): number {
  const doneMs = ofKind(events, "fault-injected").map((fault) => quietAfterMs(fault, events, profile));
  const passedMs = ofKind(events, "passed-by").map(
    (passed) => passed.atMs + visibleDeadlineMs({ opened: passed }, passed.fault, profile) + profile.graceMs,
  );
  return Math.max(0, ...doneMs, ...passedMs);
}

function quietAfterMs(
  fault: EventOf<"fault-injected">,
  events: readonly HistoryEvent[],
  profile: Profile,
): number {
  if (isSentinel(fault.actor)) return 0;
  const witness = witnessOf(events, fault);
  const healed = ofKind(aftermathOf(events, fault), "fault-healed")[0];
  const session = sessionsOf(events).findLast((s) => s.actor === fault.actor && s.opened.index < fault.index);
  if (session !== undefined && fault.ends === "with-target")
    return reconciledByMs(session, profile) ?? fault.atMs;
  // A disturbance is over when it is healed, or at its witness.
  const overMs = fault.ends === "not" ? (healed ?? witness ?? fault).atMs : fault.atMs;
  const visibleMs =
    session === undefined
      ? visibleDeadlineMaxMs(profile)
      : visibleDeadlineMs(session, fault.fault, profile) + profile.graceMs;
  const { silenceIntervals } = profile.deadlines;
  const silentMs = (session?.connected?.clientHeartbeatMs ?? 0) * silenceIntervals + profile.graceMs;
  const window = session?.end?.index === fault.index ? windowOf(session, profile) : undefined;
  return Math.max(
    (witness?.effectAtMs ?? overMs) + visibleMs,
    overMs + visibleMs,
    overMs + silentMs,
    window?.latestMs ?? 0,
  );
}

/** Returns the sessions of a crowd whose leave no observer has received. */
export function passedUnheard(events: readonly HistoryEvent[]): EventOf<"passed-by">[] {
  const left = new Set(
    ofKind(events, "notice").flatMap(({ event, client }) => (event === "leave" ? client : [])),
  );
  return ofKind(events, "passed-by").filter(({ client }) => !left.has(client));
}
