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
      const timer = setTimeout(() => resolve(undefined), witnessLimitMs);
      actor.proxy.blackhole(() => {
        clearTimeout(timer);
        resolve("the proxy swallowed what the client went on to send; a later FIN or RST of its own too");
      });
    }),
});
