import { within } from "../../util/with-timeout.ts";
import type { MakeFault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";
import { asksNoMore } from "./parts/last-end.ts";

/**
 * On a SockJS HTTP transport the client breaks off the request that receives, which is all that closing is there. Its
 * actor is a speaker without heartbeats, of which nothing else passes then.
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
