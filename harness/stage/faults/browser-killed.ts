import type { Actor } from "../actor.ts";
import type { Chromium } from "../../clients/chromium.ts";
import { leaveByItself, type MakeFault, type Witness } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";
import { ownBrowserOf } from "./parts/tab.ts";

/** All processes of the browser are killed at once, and the system closes their connections. */
export const killBrowser: MakeFault = (actor) => ({
  name: "browser-killed",
  actor,
  ends: "visibly",
  apply: () => {
    const browser = ownBrowserOf(actor);
    return leaveByKill(actor, browser, () => browser.killAll());
  },
});

/** Kills the actor's browser in some way. The system has to say that it ended by that, and the proxy that the session did. */
export async function leaveByKill(
  actor: Actor,
  browser: Chromium,
  kill: () => void,
): Promise<Witness | undefined> {
  const witness = await leaveByItself(actor, () => {
    kill();
    return Promise.resolve();
  });
  if (witness === undefined || (await browser.endedBy(witnessLimitMs)) !== "SIGKILL") return undefined;
  return { ...witness, words: `the browser ended by SIGKILL; ${witness.words}` };
}
