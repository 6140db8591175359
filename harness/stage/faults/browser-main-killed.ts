import type { MakeFault } from "./fault.ts";
import { leaveByKill } from "./parts/kill-browser.ts";
import { ownBrowserOf } from "./parts/tab.ts";

/**
 * Kills the browser's main process. The process that holds the connections notices and can still close them in order.
 * The witness is the system's report that the process ended, and the end of its connections.
 */
export const killBrowserMain: MakeFault = (actor) => ({
  name: "browser-main-killed",
  actor,
  ends: "visibly",
  apply: () => {
    const browser = ownBrowserOf(actor);
    return leaveByKill(actor, browser, () => browser.killMain());
  },
});
