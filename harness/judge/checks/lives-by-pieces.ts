import type { Check } from "../check.ts";
import { clockErrorMs } from "../../util/clock-error.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { ofKind } from "../../history/events/events.ts";
import { notApplicable } from "../verdict.ts";
import { livesOn } from "./lives-on.ts";

/**
 * The actor, of which only pieces of a frame come, lives on. STOMP nowhere says that a frame may come in several messages of
 * its transport: a target that refuses that, by an ERROR or before it can have missed anything, is not asked.
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
      return refused ? notApplicable("the target takes no frame in pieces") : lives.judge(evidence);
    },
  };
}
