import type { Actor } from "../actor.ts";

/** Nothing may follow for so long, in milliseconds, until a request counts as the last. A client asks at once. */
const quietMs = 500;

/** More than can end at the same time, with a last request that sends and two that receive. */
const endsMax = 12;

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
