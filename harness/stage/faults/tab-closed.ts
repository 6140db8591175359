import { leaveByItself, type MakeFault } from "./fault.ts";
import { tabOf } from "./parts/tab.ts";

/**
 * Closes the tab. The witness is the end of the tab's connections.
 */
export const closeTab: MakeFault = (actor) => ({
  name: "tab-closed",
  actor,
  ends: "visibly",
  apply: () => leaveByItself(actor, () => tabOf(actor).page.close()),
});
