import type { Evidence } from "../../harness/judge/check.ts";
import { personOf, sessionsOf, type Session } from "../../harness/history/sessions/sessions.ts";
import { isSentinel } from "../../harness/history/sessions/sentinels.ts";
import { inconclusive, pass, worst, type Verdict } from "../../harness/judge/verdict.ts";

/** Why a check of some sessions does not apply to a history that has none of them. */
export const noSuchSession = "no session of this history is one that it is about";

/** The sessions that were ended for their own sake. */
export const endedIn = ({ events }: Evidence): Session[] =>
  sessionsOf(events).filter(({ actor, end }) => !isSentinel(actor) && end !== undefined);

/** How the session stands to others of the same person: side by side at some time, one after another, or there are none. */
export function relationOf(session: Session, { events }: Evidence): "none" | "beside" | "after" {
  const person = personOf(session);
  // Also by a name that it took off again.
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

/** The worst of several answers, with all their evidence where they pass. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  const kind = worst(verdicts.map((verdict) => verdict.kind));
  if (kind === "pass") return pass(verdicts.flatMap((v) => (v.kind === "pass" ? v.evidence : [])));
  return verdicts.find((verdict) => verdict.kind === kind) ?? inconclusive("nothing was asked");
}
