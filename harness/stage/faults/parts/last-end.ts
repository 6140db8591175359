import type { Actor } from "../../actor.ts";

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

/**
 * Lets a client that asks by requests end its session: its request breaks off, and no other follows. Where the target
 * answers that request at the same moment there is nothing left to break off; the client then only asks no more.
 * @returns undefined if something of the client's goes on
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
