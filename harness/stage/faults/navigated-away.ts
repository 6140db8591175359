import { leaveByItself, type MakeFault } from "./fault.ts";
import { tabOf } from "./parts/tab.ts";

/** The user goes to another site in the same tab. */
export const navigateAway: MakeFault = (actor) => ({
  name: "navigated-away",
  actor,
  ends: "visibly",
  apply: () => leaveByItself(actor, () => tabOf(actor).page.goto("about:blank")),
});
