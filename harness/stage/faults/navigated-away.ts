import { leaveByItself, type MakeFault } from "./fault.ts";
import { tabOf } from "./parts/tab.ts";

/** Navigates the tab to another site. */
export const navigateAway: MakeFault = (actor) => ({
  name: "navigated-away",
  actor,
  ends: "visibly",
  apply: () => leaveByItself(actor, () => tabOf(actor).page.goto("about:blank")),
});
