import { leaveByItself, type MakeFault } from "./fault.ts";

/**
 * Sends DISCONNECT with a receipt header, like stompjs's `deactivate()`, then closes. The witness is the client's last
 * bytes at the proxy; if other bytes pass, too, the end of its connections.
 */
export const disconnect: MakeFault = (actor) => ({
  name: "disconnect",
  actor,
  ends: "visibly",
  apply: () => leaveByItself(actor, () => actor.driver.do({ do: "disconnect" })),
});
