import type { Chromium } from "../../../clients/chromium.ts";
import { witnessLimitMs } from "../../../util/limits.ts";
import type { Actor } from "../../actor.ts";
import { leaveByItself, type Witness } from "../fault.ts";

/**
 * Kills the actor's browser. The witness is the system's report of the signal, and the end of the session at the proxy.
 */
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
