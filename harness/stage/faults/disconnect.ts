import { leaveByItself, type MakeFault } from "./fault.ts";

/** The client says goodbye: DISCONNECT with a receipt, as stompjs's `deactivate()` does, then closes. */
export const disconnect: MakeFault = (actor) => ({
  name: "disconnect",
  actor,
  ends: "visibly",
  apply: () => leaveByItself(actor, () => actor.driver.do({ do: "disconnect" })),
});
