import type { Actor } from "../actor.ts";
import { periodOf, type Witness } from "./fault.ts";

/** How long what the client had sent before may take on its way to the proxy, in milliseconds. */
const onTheWayMs = 250;

/**
 * Does what makes a client fall silent, and waits until the proxy has seen it miss a heartbeat.
 * @param who the words for what fell silent
 * @returns undefined for a client that goes on
 * @throws Error for one that promised no heartbeats: nothing could show its silence
 */
export async function fallSilent(
  actor: Actor,
  who: string,
  act: () => Promise<unknown>,
): Promise<Witness | undefined> {
  const { proxy } = actor;
  const quietMs = periodOf(actor) * 1.5;
  const effectAtMs = actor.nowMs;
  await act();
  const actedAtMs = actor.nowMs;
  let lastByteAtMs = proxy.lastForwardedAtMs ?? undefined;
  // One piece may still be on its way, or be its machine's own answer; after that, its heartbeat is missed once for sure.
  for (let pieces = 0; pieces < 2; pieces += 1) {
    const sentAtMs = await proxy.passedAfter(proxy.passed, quietMs);
    if (sentAtMs === undefined) {
      const words = `${who} sent nothing for ${quietMs} ms, one and a half heartbeat periods`;
      return { words, effectAtMs, lastByteAtMs };
    }
    if (sentAtMs - actedAtMs < onTheWayMs) lastByteAtMs = sentAtMs;
  }
  return undefined;
}
