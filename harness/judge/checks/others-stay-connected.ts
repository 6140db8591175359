import type { Check, Evidence } from "../check.ts";
import { closingInWords } from "../../history/sessions/connection-end.ts";
import { ofKind, type HistoryEvent } from "../../history/events/events.ts";
import { sessionsOf, type Session } from "../../history/sessions/sessions.ts";
import { isSentinel } from "../../history/sessions/sentinels.ts";
import { fail, inconclusive, pass, type Verdict } from "../verdict.ts";
import { ownReason } from "../../history/lateness.ts";
import { livedAfter, maybeGone } from "./listening.ts";

/**
 * Checks that the target closed no connection that the harness had left open. A client that closes by itself is no such
 * connection. A target that is gone ends every connection: then this check is open.
 * @param mayBeClosed actors that do what a target may close a connection for
 */
export function othersStayConnected(...mayBeClosed: readonly string[]): Check {
  return {
    name: "others-stay-connected",
    invariant: true,
    isCause: true,
    judge: (evidence) => {
      const { events } = evidence;
      const lost = sessionsOf(events).filter(
        ({ actor, closedBy }) =>
          (closedBy === "target" || closedBy === "client") && !mayBeClosed.includes(actor),
      );
      const verdicts = lost.map((session) => judgeLost(session, evidence));
      const bad = verdicts.filter((verdict) => verdict.kind === "fail");
      const [first] = bad.length > 0 ? bad : verdicts;
      // All that were closed show it; the first is told.
      if (first?.kind === "fail") return { ...first, evidence: bad.flatMap(({ evidence }) => evidence) };
      if (first !== undefined) return first;
      const waited = ofKind(events, "waited-out").at(-1);
      return waited === undefined
        ? inconclusive("the session's end was not waited for")
        : pass([waited.index]);
    },
  };
}

function judgeLost(session: Session, evidence: Evidence): Verdict {
  const { events } = evidence;
  const { actor, closed } = session;
  if (closed === undefined) throw new Error(`${actor}'s connection is open`);
  const reason = ownReason(session, closed.atMs, evidence);
  if (reason !== undefined) return inconclusive(reason);
  if (isAfterLastSentinel(events, closed))
    return inconclusive(
      `${actor}'s connection was closed when nothing could show any more that the target lives`,
    );
  const words = closingInWords(session, events) ?? "";
  if (wasRefused(session, events)) return inconclusive(`${words}; it had not been connected yet`);
  if (!livedAfter(events, closed.index)) return inconclusive(`${words}; ${maybeGone}`);
  return fail(`${actor} stays connected`, words, [closed.index]);
}

/** Whether it was closed before it was connected, and its scenario could not go on by that: no living client's end. */
const wasRefused = ({ connected, closed }: Session, events: readonly HistoryEvent[]): boolean =>
  connected === undefined &&
  !ofKind(events, "waited-out").some(({ index }) => index > (closed?.index ?? Infinity));

/** A target that died after the sentinel had come is no server that closes living clients. */
function isAfterLastSentinel(events: readonly HistoryEvent[], { index }: HistoryEvent): boolean {
  const last = sessionsOf(events).at(-1);
  return last !== undefined && isSentinel(last.actor) && last.opened.index < index;
}
