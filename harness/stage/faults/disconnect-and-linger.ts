import type { Actor } from "../actor.ts";
import { encodeStomp } from "../../clients/raw/stomp-frame.ts";
import { leaveByItself, type Fault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";

/**
 * The client says goodbye by DISCONNECT alone.
 * @param actor a speaker
 * @param then whether it closes its transport right afterwards, lets it linger, or lets it linger and has asked for a receipt,
 *   without which some targets close the connection themselves
 */
export const disconnectFrame = (actor: Actor, then: "close" | "linger" | "linger-for-receipt"): Fault => ({
  name: then === "close" ? "disconnect-without-receipt" : "disconnect-and-linger",
  actor,
  ends: "visibly",
  apply: async () => {
    const { proxy, speaker, driver } = actor;
    if (then === "close")
      return leaveByItself(actor, async () => {
        await speaker.stomp(encodeStomp("DISCONNECT"));
        await driver.do({ do: "close" });
      });
    const { passed } = proxy;
    await speaker.stomp(encodeStomp("DISCONNECT", then === "linger" ? {} : { receipt: "goodbye" }));
    const effectAtMs = await proxy.passedAfter(passed, witnessLimitMs);
    return effectAtMs === undefined
      ? undefined
      : { words: "the proxy passed the client's last words on to the target", effectAtMs };
  },
});
