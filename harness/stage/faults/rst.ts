import type { Actor } from "../actor.ts";
import type { Fault, Witness } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";

/** The connection is reset, as by a firewall or a machine that lost its memory of it. */
export const rst = (actor: Actor): Fault => ({
  name: "rst",
  actor,
  ends: "visibly",
  byProxy: true,
  apply: () => reset(actor, { actorLearns: true }),
});

/** Resets towards the target. The witness: the system no longer knows the connections, as after a FIN it would. */
export async function reset(
  actor: Actor,
  who: { readonly actorLearns: boolean },
): Promise<Witness | undefined> {
  const effectAtMs = actor.nowMs;
  const { ended, known } = await actor.proxy.reset(witnessLimitMs, who);
  if (ended === 0 || (known ?? 0) > 0) return undefined;
  const seen = known === undefined ? "" : ", and the system forgot them at once";
  return { words: `${ended} open connection(s) were reset towards the target${seen}`, effectAtMs };
}
