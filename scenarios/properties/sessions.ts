import type { Evidence } from "../../harness/judge/check.ts";
import { personOf, sessionsOf, type Session } from "../../harness/history/sessions/sessions.ts";
import { isSentinel } from "../../harness/history/sessions/sentinels.ts";
import { inconclusive, pass, worst, type Verdict } from "../../harness/judge/verdict.ts";

/** Reason for "not applicable": the history has no session for the check. */
export const noSuchSession = "no session of this history is one that it is about";

/** Returns the sessions with an end by a step of the plan. */
export const endedIn = ({ events }: Evidence): Session[] =>
  sessionsOf(events).filter(({ actor, end }) => !isSentinel(actor) && end !== undefined);

/** Returns the relation to other sessions of the same person: parallel, later, or none. */
export function relationOf(session: Session, { events }: Evidence): "none" | "beside" | "after" {
  const person = personOf(session);
  // Includes earlier names of the session.
  const own = sessionsOf(events).filter(({ identified }) =>
    identified.some(({ client }) => client === person),
  );
  if (own.length < 2) return "none";
  const overlap = own.some((one) =>
    own.some(
      (other) => one.opened.index < other.opened.index && (one.end?.index ?? Infinity) > other.opened.index,
    ),
  );
  return overlap ? "beside" : "after";
}

/** Returns the worst of several verdicts. A pass contains the evidence of all verdicts. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  const kind = worst(verdicts.map((verdict) => verdict.kind));
  if (kind === "pass") return pass(verdicts.flatMap((v) => (v.kind === "pass" ? v.evidence : [])));
  return verdicts.find((verdict) => verdict.kind === kind) ?? inconclusive("nothing was asked");
}
