import type { Actor } from "../actor.ts";
import type { Fault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";

/**
 * A proxy on the way cuts the connection once the client has said nothing for a while, as load balancers do that time each
 * side by itself. What the target sends does not put it off, nor do the pongs that its pings bring about, so that one
 * which keeps its connections busy is asked like any other. Over TLS a pong can't be told from what the client says.
 * @param idleMs from the client's last byte to the cut; a minute is usual outside of tests
 */
export const idleCut = (actor: Actor, { idleMs = 400 } = {}): Fault => ({
  name: "idle-cut",
  actor,
  ends: "visibly",
  byProxy: true,
  apply: async () => {
    const cut = await actor.proxy.cutWhenIdle(idleMs, witnessLimitMs + idleMs);
    if (cut === undefined || cut.ended === 0) return undefined;
    const silent = cut.fromTarget === 0 ? "nothing had passed" : "the client had said nothing";
    const words = `${silent} for ${Math.round(cut.idleForMs)} ms when ${cut.ended} connection(s) sent FIN`;
    return { words, effectAtMs: cut.atMs };
  },
});
