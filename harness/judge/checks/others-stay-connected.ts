import type { Check, Evidence } from "../check.ts";
import { describeClose } from "../../history/sessions/connection-end.ts";
import { ofKind, type HistoryEvent } from "../../history/events/events.ts";
import { sessionsOf, type Session } from "../../history/sessions/sessions.ts";
import { isSentinel } from "../../history/sessions/sentinels.ts";
import { fail, inconclusive, pass, type Verdict } from "../verdict.ts";
import { ownReason } from "../../history/lateness.ts";
import { livedAfter, maybeGone } from "./listening.ts";

/**
 * Checks that the target closed no connection that the harness had left open. A client that closes by itself does not count. A
 * target that is gone ends every connection, so this check is then inconclusive.
 * @param mayBeClosed actors that give the target a reason to close their connection
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
      // The evidence has all closed connections, the text the first.
      if (first?.kind === "fail") return { ...first, evidence: bad.flatMap(({ evidence }) => evidence) };
      if (first !== undefined) return first;
      const waited = ofKind(events, "waited-out").at(-1);
      return waited === undefined
        ? inconclusive("the case did not wait for the session's end")
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
      `${actor}'s connection was closed after the last sentinel, when no event could show that the target still runs`,
    );
  const words = describeClose(session, events) ?? "";
  if (wasRefused(session, events)) return inconclusive(`${words}; it had not been connected yet`);
  if (!livedAfter(events, closed.index)) return inconclusive(`${words}; ${maybeGone}`);
  return fail(`${actor} stays connected`, words, [closed.index]);
}

/** Returns true for a session that was closed before CONNECTED and so stopped its scenario. That is no end of a living client. */
const wasRefused = ({ connected, closed }: Session, events: readonly HistoryEvent[]): boolean =>
  connected === undefined &&
  !ofKind(events, "waited-out").some(({ index }) => index > (closed?.index ?? Infinity));

/** Returns true for a close after the last sentinel opened. A target that dies then does not close living clients. */
function isAfterLastSentinel(events: readonly HistoryEvent[], { index }: HistoryEvent): boolean {
  const last = sessionsOf(events).at(-1);
  return last !== undefined && isSentinel(last.actor) && last.opened.index < index;
}
