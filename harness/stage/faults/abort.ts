import { within } from "../../util/with-timeout.ts";
import type { MakeFault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";
import { asksNoMore } from "./parts/last-end.ts";

/**
 * Aborts the request that receives, on a SockJS HTTP transport. An HTTP client closes its session in the same way. The
 * actor is a speaker without heartbeats, so that nothing else passes the proxy. The witness is the end of the request at
 * the proxy, and no other request for half a second.
 */
export const abort: MakeFault = (actor) => ({
  name: "abort",
  actor,
  ends: "visibly",
  apply: async () => {
    const { speaker } = actor;
    const isAsking = await within(
      witnessLimitMs,
      speaker.asking().then(() => true),
    );
    return isAsking === undefined
      ? undefined
      : asksNoMore(actor, () => {
          speaker.abort();
        });
  },
});
