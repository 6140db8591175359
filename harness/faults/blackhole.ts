import { witnessLimitMs, type MakeFault } from "./fault.ts";

/**
 * Nothing gets through any more, either way, and no end of a connection either. The network still acknowledges, so
 * this exercises heartbeats, not TCP's own time-outs. Its witness is something of the client's that was swallowed.
 */
export const blackhole: MakeFault = (actor) => ({
  name: "blackhole",
  actor,
  ends: "silently",
  apply: () =>
    new Promise((resolve) => {
      const effectAtMs = actor.nowMs;
      const limitMs = Math.max(witnessLimitMs, 2 * actor.clientHeartbeatMs);
      const timer = setTimeout(() => resolve(undefined), limitMs);
      actor.proxy.blackhole(() => {
        clearTimeout(timer);
        const words =
          "the proxy swallowed what the client went on to send; a later FIN or RST of its own too";
        resolve({ words, effectAtMs });
      });
    }),
});
