import type { MakeFault } from "./fault.ts";
import { reset } from "./parts/reset.ts";

/**
 * Resets the connection, as a firewall does, or a machine that has forgotten the connection. The witness is that the
 * system no longer knows the connection (on Linux `/proc/net/tcp`); after FIN it would.
 */
export const rst: MakeFault = (actor) => ({
  name: "rst",
  actor,
  ends: "visibly",
  byProxy: true,
  apply: () => reset(actor, { actorLearns: true }),
});
