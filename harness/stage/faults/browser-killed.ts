import type { MakeFault } from "./fault.ts";
import { leaveByKill } from "./parts/kill-browser.ts";
import { ownBrowserOf } from "./parts/tab.ts";

/**
 * Kills all processes of the browser at once. The system closes their connections. The witness is the system's report
 * that the process ended, and the end of its connections.
 */
export const killBrowser: MakeFault = (actor) => ({
  name: "browser-killed",
  actor,
  ends: "visibly",
  apply: () => {
    const browser = ownBrowserOf(actor);
    return leaveByKill(actor, browser, () => browser.killAll());
  },
});
