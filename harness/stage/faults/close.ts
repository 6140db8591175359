import { leaveByItself, type MakeFault } from "./fault.ts";

/** The client closes its transport without a DISCONNECT: on a WebSocket with a close frame. */
export const close: MakeFault = (actor) => ({
  name: "close",
  actor,
  ends: "visibly",
  apply: () => leaveByItself(actor, () => actor.driver.do({ do: "close" })),
});
