import { encodeStomp } from "../../clients/raw/codec/stomp-frame.ts";
import type { MakeFault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";

/** Lets a raw client unsubscribe from everything and stay connected. The witness is that the proxy passed the frames on. */
export const unsubscribe: MakeFault = (actor) => ({
  name: "unsubscribe",
  actor,
  ends: "not",
  apply: async () => {
    const { proxy, raw } = actor;
    const { passed } = proxy;
    for (const id of raw.subscriptions) await raw.stomp(encodeStomp("UNSUBSCRIBE", { id }));
    const effectAtMs = await proxy.passedAfter(passed, witnessLimitMs);
    return effectAtMs === undefined
      ? undefined
      : { words: "the proxy passed the client's words on to the target", effectAtMs };
  },
});
