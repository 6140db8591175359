import { encodeStomp } from "../../clients/raw/codec/stomp-frame.ts";
import { leaveByItself, type MakeFault } from "./fault.ts";

/**
 * Lets a raw client send DISCONNECT without a receipt header and close its transport at once. The witness is the client's
 * last bytes at the proxy; if other bytes pass, too, the end of its connections.
 */
export const disconnectWithoutReceipt: MakeFault = (actor) => ({
  name: "disconnect-without-receipt",
  actor,
  ends: "visibly",
  apply: () =>
    leaveByItself(actor, async () => {
      await actor.raw.stomp(encodeStomp("DISCONNECT"));
      await actor.driver.do({ do: "close" });
    }),
});
