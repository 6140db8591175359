import type { MakeFault } from "./fault.ts";
import { reset } from "./parts/reset.ts";

/**
 * Resets the connection to the target and keeps the client's own open, like a load balancer that has lost the server
 * behind it. The witness is that the system no longer knows the connection (on Linux `/proc/net/tcp`); after FIN it
 * would.
 */
export const resetUpstream: MakeFault = (actor) => ({
  name: "reset-upstream",
  actor,
  ends: "visibly",
  byProxy: true,
  apply: () => reset(actor, { actorLearns: false }),
});
