import { heartbeatLimitMs, type MakeFault } from "./fault.ts";

/**
 * Lets the client stop reading. The target's bytes fill all buffers on the way, then its own. The client's own bytes
 * still pass. The witness is that bytes of the target arrived and did not pass on.
 */
export const stopReading: MakeFault = (actor) => ({
  name: "stop-reading",
  actor,
  ends: "silently",
  apply: async () => {
    const effectAtMs = actor.nowMs;
    actor.proxy.reshape("from-target", { kind: "hold", limitBytes: 0 });
    const kept = await actor.proxy.kept("from-target", heartbeatLimitMs(actor));
    return kept === undefined
      ? undefined
      : { words: `${kept.bytes} bytes from the target are not read, and nothing behind them`, effectAtMs };
  },
});
