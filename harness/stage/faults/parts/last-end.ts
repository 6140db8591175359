import type { Actor } from "../../actor.ts";

/** Quiet time after a last request, in milliseconds. A living client sends its next request at once. */
const quietMs = 500;

/** More connections than can end at the same time: one request that sends and two that receive. */
const endsMax = 12;

/**
 * Waits until nothing of an HTTP client has passed for a while. Its connections may end one after the other.
 * @param passed the proxy's count to start from
 * @returns time of the last piece on the case's clock; undefined if nothing passed, or the client goes on
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

/**
 * Lets an HTTP client end its session: its request ends, and no other follows. If the target answers the request at the
 * same moment, there is nothing to abort, and the client just sends no other.
 * @returns undefined if the client goes on
 */
export async function asksNoMore(
  actor: Actor,
  act: () => unknown,
): Promise<{ words: string; effectAtMs: number } | undefined> {
  const { proxy, nowMs } = actor;
  const { passed } = proxy;
  await act();
  const endedAtMs = await lastEndAfter(actor, passed);
  if (proxy.links.length > 0) return undefined;
  if (endedAtMs !== undefined)
    return { words: "the client's last request ended, and no other followed", effectAtMs: endedAtMs };
  return proxy.passed === passed
    ? { words: "the client's last request was answered just then, and no other followed", effectAtMs: nowMs }
    : undefined;
}
