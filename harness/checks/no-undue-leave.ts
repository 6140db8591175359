import type { Check, Evidence } from "../check.ts";
import { dueEnds, isSentinel, ofKind, personOf, sessionsOf } from "../oracle.ts";
import type { EventOf, HistoryEvent } from "../history.ts";
import { fail, inconclusive, pass, type Verdict } from "../verdict.ts";
import { lagBetweenMs, lagMarginMs, tooLate } from "./lateness.ts";
import { absenceProof } from "./listening.ts";
import { count } from "./words.ts";

/**
 * At no moment has anybody heard more leaves of a person than sessions of that person had ended: a live session is not
 * reported gone, an ended one not twice, and nobody under another's name.
 * @param actor limits the check to the data that this actor identified with; without it every leave counts, also one
 *   that names a person whom no case knows
 */
export function noUndueLeave(actor?: string): Check {
  const name = actor === undefined ? "no-undue-leave" : `no-undue-leave(${actor})`;
  return { name, judge: (evidence) => judge(evidence, actor) };
}

function judge(evidence: Evidence, actor: string | undefined): Verdict {
  const { events } = evidence;
  const names = namesOf(events, actor);
  for (const notice of ofKind(events, "notice").filter(({ event }) => event === "leave")) {
    if (notice.client === null) continue;
    if (notice.claimedBy === "nobody") {
      if (actor !== undefined) continue;
      if (!evidence.alone) return inconclusive(`a leave of unknown "${notice.client}" may be another case's`);
    } else if (!names.has(notice.client)) continue;
    const verdict = undue(evidence, notice);
    if (verdict !== undefined) return verdict;
  }
  return quiet(events, actor);
}

/** The data that the actor identified with; without one that of everybody but the sentinels. */
function namesOf(events: readonly HistoryEvent[], actor: string | undefined): Set<string> {
  const own = ofKind(events, "identify-sent").filter((e) =>
    actor === undefined ? !isSentinel(e.actor) : e.actor === actor,
  );
  return new Set(own.map(({ client }) => client));
}

function undue({ events, profile }: Evidence, notice: EventOf<"notice">): Verdict | undefined {
  const client = notice.client ?? "";
  const before = events.slice(0, notice.index);
  const { due, maybe } = dueEnds(before, client, profile.sessions);
  const most = due.length + maybe.length;
  const heard = ofKind(events.slice(0, notice.index + 1), "notice").filter(
    (n) => n.event === "leave" && n.actor === notice.actor && n.client === client,
  );
  if (heard.length <= most) return undefined;
  const who = sessionsOf(events).findLast((session) => session.identified.some((i) => i.client === client));
  const promisedMs = who?.connected?.clientHeartbeatMs ?? 0;
  const lagMs = lagBetweenMs(
    events,
    notice.atMs - profile.deadlines.silenceIntervals * promisedMs,
    notice.atMs,
  );
  // Its heartbeats come from the harness's own event loop: held up, they may have given reason to miss it.
  if (promisedMs > 0 && who?.end === undefined && lagMs > lagMarginMs) return inconclusive(tooLate(lagMs));
  const person = who === undefined ? `"${client}"` : `${who.actor} ("${client}")`;
  const ends = due.flatMap(({ end }) => (end === undefined ? [] : [end.index]));
  return fail(
    most === 0
      ? `no leave of ${person}: no session of that name has ended`
      : `${count(most, "leave")} of ${person}`,
    `${notice.actor} heard ${heard.length === 1 ? "one" : count(heard.length, "leave")}`,
    [...ends, ...heard.map(({ index }) => index)],
  );
}

/** Nothing undue was heard; was anybody there to hear it? */
function quiet(events: readonly HistoryEvent[], actor: string | undefined): Verdict {
  const observers = sessionsOf(events).filter(
    (s) =>
      s.actor !== actor &&
      !isSentinel(s.actor) &&
      s.subscribed &&
      s.end === undefined &&
      s.closed === undefined,
  );
  const known =
    actor === undefined || sessionsOf(events).some((s) => s.actor === actor && personOf(s) !== undefined);
  if (!known) return inconclusive(`${actor} never identified`);
  const proofs = observers.map((observer) => absenceProof(events, observer.actor));
  const missing = proofs.find((proof) => typeof proof === "string");
  return missing === undefined
    ? pass(proofs.filter((proof) => typeof proof === "number"))
    : inconclusive(missing);
}
