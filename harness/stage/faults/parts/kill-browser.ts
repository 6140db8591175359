import type { Chromium } from "../../../clients/chromium.ts";
import { witnessLimitMs } from "../../../util/limits.ts";
import type { Actor } from "../../actor.ts";
import { leaveByItself, type Witness } from "../fault.ts";

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
