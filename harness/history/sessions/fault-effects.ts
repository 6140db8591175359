import { ofKind, type EventOf, type HistoryEvent } from "../events/events.ts";

/** Returns the events of a fault's actor after the fault, up to its next fault. */
export function aftermathOf(
  events: readonly HistoryEvent[],
  { actor, index }: EventOf<"fault-injected">,
): readonly HistoryEvent[] {
  const own = events.filter((e) => e.actor === actor && e.index > index);
  const next = own.findIndex(({ kind }) => kind === "fault-injected");
  return next < 0 ? own : own.slice(0, next);
}

/** Returns the proof that a fault took effect. It counts for this fault only, not for an earlier one of the same name. */
export function witnessOf(
  events: readonly HistoryEvent[],
  fault: EventOf<"fault-injected">,
): EventOf<"fault-witnessed"> | undefined {
  return ofKind(aftermathOf(events, fault), "fault-witnessed").find((w) => w.fault === fault.fault);
}

/** Returns true where the connection had ended before the fault began. */
export const isForestalled = (events: readonly HistoryEvent[], fault: EventOf<"fault-injected">): boolean =>
  ofKind(aftermathOf(events, fault), "fault-forestalled").some((e) => e.fault === fault.fault) ||
  endedByTargetBefore(events, fault);

/** Returns true where the target's end of the connection reached the proxy before the fault began. The client saw it later. */
function endedByTargetBefore(events: readonly HistoryEvent[], { actor, index }: HistoryEvent): boolean {
  const own = events.filter((e) => e.actor === actor);
  const last = own.findLast((e) => e.index < index && (e.kind === "opened" || e.kind === "end-received"));
  const next = own.find((e) => e.index > index && (e.kind === "opened" || e.kind === "closed"));
  return last?.kind === "end-received" && next?.kind === "closed";
}
