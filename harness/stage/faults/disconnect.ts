import { leaveByItself, type MakeFault } from "./fault.ts";

/** Sends DISCONNECT with a receipt header, like stompjs's `deactivate()`, then closes. */
export const disconnect: MakeFault = (actor) => ({
  name: "disconnect",
  actor,
  ends: "visibly",
  apply: () => leaveByItself(actor, () => actor.driver.do({ do: "disconnect" })),
});
