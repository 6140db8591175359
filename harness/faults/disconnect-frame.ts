import type { Actor } from "../actor.ts";
import { encodeStomp } from "../actors/speaker/stomp-frame.ts";
import { leaveByItself, type Fault } from "./fault.ts";

/**
 * The client says goodbye without asking for a receipt.
 * @param actor a speaker
 * @param then whether it closes its transport right afterwards, or lets it linger
 */
export const disconnectFrame = (actor: Actor, then: "close" | "linger"): Fault => ({
  name: then === "close" ? "disconnect-without-receipt" : "disconnect-and-linger",
  actor,
  ends: "visibly",
  apply: () =>
    leaveByItself(actor, async () => {
      await actor.speaker.stomp(encodeStomp("DISCONNECT"));
      if (then === "close") await actor.driver.do({ do: "close" });
    }),
});
