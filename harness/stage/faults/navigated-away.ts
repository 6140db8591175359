import { leaveByItself, type MakeFault } from "./fault.ts";
import { tabOf } from "./parts/tab.ts";

/**
 * Navigates the tab to another site. The witness is the end of the tab's connections.
 */
export const navigateAway: MakeFault = (actor) => ({
  name: "navigated-away",
  actor,
  ends: "visibly",
  apply: () => leaveByItself(actor, () => tabOf(actor).page.goto("about:blank")),
});
