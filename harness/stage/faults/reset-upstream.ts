import type { MakeFault } from "./fault.ts";
import { reset } from "./parts/reset.ts";

/**
 * The connection to the target is reset, while the client's own stays open and hears nothing of it: a load balancer
 * that has lost the server behind it.
 */
export const resetUpstream: MakeFault = (actor) => ({
  name: "reset-upstream",
  actor,
  ends: "visibly",
  byProxy: true,
  apply: () => reset(actor, { actorLearns: false }),
});
