import type { Actor } from "../actor.ts";
import { within } from "../within.ts";
import { witnessLimitMs, type MakeFault } from "./fault.ts";

/** Nothing may follow for so long, in milliseconds, until a request counts as the last. A client asks at once. */
const quietMs = 500;

/** More than can end at the same time. */
const endsMax = 5;

/**
 * On a SockJS HTTP transport the client breaks off the request that receives, which is all that closing is there. Its
 * actor is a speaker without heartbeats, of which nothing else passes then.
 */
export const abort: MakeFault = (actor) => ({
  name: "abort",
  actor,
  ends: "visibly",
  apply: async () => {
    const { proxy, speaker } = actor;
    if (
      (await within(
        witnessLimitMs,
        speaker.asking().then(() => true),
      )) === undefined
    )
      return undefined;
    const { passed } = proxy;
    speaker.abort();
    if ((await proxy.passedAfter(passed, witnessLimitMs)) === undefined) return undefined;
    const effectAtMs = await lastEndAfter(actor, passed);
    return effectAtMs !== undefined && proxy.links.length === 0
      ? { words: "the end of the client's request went on to the target, and no other followed", effectAtMs }
      : undefined;
  },
});

/**
 * Waits until nothing of a client that asks no more has passed for a while. Its connections may end one after the other.
 * @param passed the proxy's count from which on to look
 * @returns when the last of it passed, on the case's clock; undefined if nothing did, or it goes on and on
 */
export async function lastEndAfter({ proxy }: Actor, passed: number): Promise<number | undefined> {
  let lastMs: number | undefined;
  for (let ends = 0; ends < endsMax; ends += 1) {
    const next = await proxy.passedAfter(passed + ends, quietMs);
    if (next === undefined) return lastMs;
    lastMs = next;
  }
  return undefined;
}
