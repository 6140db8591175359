import { leaveByItself, type MakeFault } from "./fault.ts";

/** The user reloads the page, which connects and identifies again by itself: one session ends, another begins. */
export const reload: MakeFault = (actor) => ({
  name: "reload",
  actor,
  ends: "visibly",
  apply: async () => {
    const tab = actor.driver.tab;
    if (tab === undefined) throw new Error(`${actor.name} is no browser tab; join it by: "tab"`);
    const witness = await leaveByItself(actor, () => tab.page.reload());
    return (await actor.untilIdentifiedAgain()) ? witness : undefined;
  },
});
