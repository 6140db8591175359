import type { Actor } from "../actor.ts";
import { witnessLimitMs, type Fault } from "./fault.ts";

/**
 * A proxy on the way cuts the connection once nothing has passed for a while, as load balancers do. Only a client that is
 * quiet otherwise is cut.
 * @param idleMs from the last byte, either way, to the cut; a minute is usual outside of tests
 */
export const idleCut = (actor: Actor, { idleMs = 400 } = {}): Fault => ({
  name: "idle-cut",
  actor,
  ends: "visibly",
  apply: async () => {
    const cut = await actor.proxy.cutWhenIdle(idleMs, witnessLimitMs + idleMs);
    if (cut === undefined || cut.ended === 0) return undefined;
    const words = `nothing had passed for ${Math.round(cut.idleForMs)} ms when ${cut.ended} connection(s) sent FIN`;
    return { words, effectAtMs: cut.atMs };
  },
});
