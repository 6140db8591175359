import { encodeStomp } from "../../clients/raw/stomp-frame.ts";
import type { MakeFault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";

/** Lets a speaker unsubscribe from everything and stay connected. The witness is that the proxy passed the frames on. */
export const unsubscribe: MakeFault = (actor) => ({
  name: "unsubscribe",
  actor,
  ends: "not",
  apply: async () => {
    const { proxy, speaker } = actor;
    const { passed } = proxy;
    for (const id of speaker.subscriptions) await speaker.stomp(encodeStomp("UNSUBSCRIBE", { id }));
    const effectAtMs = await proxy.passedAfter(passed, witnessLimitMs);
    return effectAtMs === undefined
      ? undefined
      : { words: "the proxy passed the client's words on to the target", effectAtMs };
  },
});
