import type { Actor } from "../actor.ts";
import type { Fault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";

/**
 * Cuts the connection at a proxy once the client has sent nothing for a while. Load balancers time each direction in the
 * same way. Bytes from the target do not count, and neither do pongs, so that a target that pings is tested like any
 * other. Over TLS a pong looks like any other bytes of the client. The witness is the time for which the client had sent
 * nothing when the proxy cut.
 * @param idleMs time from the client's last byte to the cut; a minute is usual outside of tests
 */
export const idleCut = (actor: Actor, { idleMs = 400 } = {}): Fault => ({
  name: "idle-cut",
  actor,
  ends: "visibly",
  byProxy: true,
  apply: async () => {
    const cut = await actor.proxy.cutter.cutWhenIdle(idleMs, witnessLimitMs + idleMs);
    if (cut === undefined || cut.ended === 0) return undefined;
    const silent = cut.fromTarget === 0 ? "nothing had passed" : "the client had said nothing";
    const words = `${silent} for ${Math.round(cut.idleForMs)} ms when ${cut.ended} connection(s) sent FIN`;
    return { words, effectAtMs: cut.atMs };
  },
});
