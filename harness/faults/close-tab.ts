import { leaveByItself, type MakeFault } from "./fault.ts";

/** The user closes the tab. */
export const closeTab: MakeFault = (actor) => ({
  name: "tab-closed",
  actor,
  ends: "visibly",
  apply: async () => {
    const tab = actor.driver.tab;
    if (tab === undefined) throw new Error(`${actor.name} is no browser tab; join it by: "tab"`);
    return leaveByItself(actor, () => tab.page.close());
  },
});
