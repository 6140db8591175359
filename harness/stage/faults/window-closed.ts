import { leaveByItself, type MakeFault } from "./fault.ts";
import { tabOf } from "./parts/tab.ts";

/** The user closes the window: the browser lives on, and the profile's pages and connections are torn down together. */
export const closeWindow: MakeFault = (actor) => ({
  name: "window-closed",
  actor,
  ends: "visibly",
  apply: () => leaveByItself(actor, () => tabOf(actor).page.context().close()),
});
