import { leaveByItself, type MakeFault } from "./fault.ts";
import { tabOf } from "./parts/tab.ts";

/** Closes the tab. */
export const closeTab: MakeFault = (actor) => ({
  name: "tab-closed",
  actor,
  ends: "visibly",
  apply: () => leaveByItself(actor, () => tabOf(actor).page.close()),
});
