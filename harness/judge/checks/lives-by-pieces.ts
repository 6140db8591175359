import type { Check } from "../check.ts";
import { clockErrorMs } from "../../util/clock-error.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { ofKind } from "../../history/events/events.ts";
import { notApplicable } from "../verdict.ts";
import { livesOn } from "./lives-on.ts";

/**
 * Checks that the actor, which sends only pieces of a frame, stays alive. STOMP does not say that a frame may be split over several
 * messages of its transport. The check does not apply to a target that refuses that, by an ERROR or before a heartbeat was due.
 */
export function livesByPieces(actor: string): Check {
  const lives = livesOn(actor);
  return {
    name: `lives-by-pieces(${actor})`,
    judge: (evidence) => {
      const { events } = evidence;
      const session = sessionsOf(events).find((s) => s.actor === actor);
      const periodMs = session?.connected?.clientHeartbeatMs ?? 0;
      const endedMs = session?.closed?.atMs ?? Infinity;
      const refused =
        ofKind(events, "stomp-error").some((e) => e.actor === actor) ||
        endedMs < (session?.connected?.atMs ?? 0) + periodMs - clockErrorMs;
      return refused ? notApplicable("the target accepts no frame in pieces") : lives.judge(evidence);
    },
  };
}
