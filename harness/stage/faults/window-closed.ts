import { leaveByItself, type MakeFault } from "./fault.ts";
import { tabOf } from "./parts/tab.ts";

/**
 * Closes the window. The browser lives on, and closes the window's pages and connections together. The witness is the
 * end of the tab's connections.
 */
export const closeWindow: MakeFault = (actor) => ({
  name: "window-closed",
  actor,
  ends: "visibly",
  apply: () => leaveByItself(actor, () => tabOf(actor).page.context().close()),
});
