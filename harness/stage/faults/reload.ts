import { leaveByItself, type MakeFault } from "./fault.ts";
import { tabOf } from "./parts/tab.ts";

/**
 * Reloads the page, which connects and identifies again by itself. One session ends, another begins. The witness is the
 * end of the tab's connections.
 */
export const reload: MakeFault = (actor) => ({
  name: "reload",
  actor,
  ends: "visibly",
  apply: async () => {
    const witness = await leaveByItself(actor, () => tabOf(actor).page.reload());
    return witness !== undefined && (await actor.untilIdentifiedAgain()) ? witness : undefined;
  },
});
