import type { MakeFault } from "./fault.ts";
import { reset } from "./parts/reset.ts";

/**
 * Resets the connection to the target and keeps the client's own open, like a load balancer that has lost the server
 * behind it.
 */
export const resetUpstream: MakeFault = (actor) => ({
  name: "reset-upstream",
  actor,
  ends: "visibly",
  byProxy: true,
  apply: () => reset(actor, { actorLearns: false }),
});
