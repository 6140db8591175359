import { leaveByItself, type MakeFault } from "./fault.ts";

/** Closes the transport without a DISCONNECT; a WebSocket by a close frame. */
export const close: MakeFault = (actor) => ({
  name: "close",
  actor,
  ends: "visibly",
  apply: () => leaveByItself(actor, () => actor.driver.do({ do: "close" })),
});
