import { withTimeout } from "../../util/with-timeout.ts";
import type { MakeFault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";
import { asksNoMore } from "./parts/last-end.ts";

/**
 * Aborts the request that receives, on a SockJS HTTP transport. An HTTP client closes its session in the same way. The
 * actor is a raw client without heartbeats, so that nothing else passes the proxy. The witness is the end of the request at
 * the proxy, and no other request for half a second.
 */
export const abort: MakeFault = (actor) => ({
  name: "abort",
  actor,
  ends: "visibly",
  apply: async () => {
    const { raw } = actor;
    const isAsking = await withTimeout(
      witnessLimitMs,
      raw.asking().then(() => true),
    );
    return isAsking === undefined
      ? undefined
      : asksNoMore(actor, () => {
          raw.abort();
        });
  },
});
