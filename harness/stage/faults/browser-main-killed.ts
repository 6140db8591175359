import type { MakeFault } from "./fault.ts";
import { leaveByKill } from "./parts/kill-browser.ts";
import { ownBrowserOf } from "./parts/tab.ts";

/** The browser's main process is killed; the one that holds its connections sees that, and can still say goodbye. */
export const killBrowserMain: MakeFault = (actor) => ({
  name: "browser-main-killed",
  actor,
  ends: "visibly",
  apply: () => {
    const browser = ownBrowserOf(actor);
    return leaveByKill(actor, browser, () => browser.killMain());
  },
});
