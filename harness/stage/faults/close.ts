import { leaveByItself, type MakeFault } from "./fault.ts";

/**
 * Closes the transport without a DISCONNECT; a WebSocket by a close frame. The witness is the client's last bytes at the
 * proxy; if other bytes pass, too, the end of its connections.
 */
export const close: MakeFault = (actor) => ({
  name: "close",
  actor,
  ends: "visibly",
  apply: () => leaveByItself(actor, () => actor.driver.do({ do: "close" })),
});
