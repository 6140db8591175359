import type { MakeFault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";

/**
 * Ends the connection with FIN and without a close frame, as when a process exits or a proxy gives up. The witness is
 * that FIN was handed to the network.
 */
export const fin: MakeFault = (actor) => ({
  name: "fin",
  actor,
  ends: "visibly",
  byProxy: true,
  apply: async () => {
    const effectAtMs = actor.nowMs;
    const ended = await actor.proxy.cutter.fin(witnessLimitMs);
    return ended === 0
      ? undefined
      : { words: `${ended} open connection(s) sent FIN to the target`, effectAtMs };
  },
});
