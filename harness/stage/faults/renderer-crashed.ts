import { leaveByItself, type MakeFault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";
import { tabOf } from "./parts/tab.ts";

/** The process that runs the page crashes: no code of the page's runs any more, and the browser lives on. */
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
      // A process that has crashed answers nothing.
      session.send("Page.crash").catch(() => undefined);
      return Promise.resolve();
    });
    return (await crashed) && witness !== undefined
      ? { ...witness, words: `the browser reported the crash; ${witness.words}` }
      : undefined;
  },
});
