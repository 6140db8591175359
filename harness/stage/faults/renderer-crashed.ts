import { leaveByItself, type MakeFault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";
import { tabOf } from "./parts/tab.ts";

/**
 * Crashes the page's process. The page's code stops, and the browser lives on. The witness is the browser's report of
 * the crash, and the end of the tab's connections.
 */
export const crashRenderer: MakeFault = (actor) => ({
  name: "renderer-crashed",
  actor,
  ends: "visibly",
  apply: async () => {
    const { page } = tabOf(actor);
    const crashed = page.waitForEvent("crash", { timeout: witnessLimitMs }).then(
      () => true,
      () => false,
    );
    const session = await page.context().newCDPSession(page);
    const witness = await leaveByItself(actor, () => {
      // A crashed process does not answer.
      session.send("Page.crash").catch(() => undefined);
      return Promise.resolve();
    });
    return (await crashed) && witness !== undefined
      ? { ...witness, words: `the browser reported the crash; ${witness.words}` }
      : undefined;
  },
});
