import { witnessLimitMs } from "../../../util/limits.ts";
import type { Actor } from "../../actor.ts";
import type { Witness } from "../fault.ts";

/** Resets the connections to the target. The witness is that the system no longer knows them; after a FIN it would. */
export async function reset(
  actor: Actor,
  who: { readonly actorLearns: boolean },
): Promise<Witness | undefined> {
  const effectAtMs = actor.nowMs;
  const { ended, known } = await actor.proxy.cutter.reset(witnessLimitMs, who);
  if (ended === 0 || (known ?? 0) > 0) return undefined;
  const seen = known === undefined ? "" : ", and the system forgot them at once";
  return { words: `${ended} open connection(s) were reset towards the target${seen}`, effectAtMs };
}
