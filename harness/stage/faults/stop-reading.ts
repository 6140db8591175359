import { heartbeatLimitMs, type MakeFault } from "./fault.ts";

/**
 * The client takes nothing any more: what the target sends fills all buffers on the way, then its own. What the client sends
 * goes on. Its witness is that bytes of the target's have arrived, of which nothing goes on to the client.
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
