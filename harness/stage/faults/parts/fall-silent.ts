import type { Actor } from "../../actor.ts";
import { periodOf, type Witness } from "../fault.ts";

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

/** More than a client that polls can have under way at once: a request, its end, and the poll. */
const piecesOnTheWay = 4;

/** How long a client that lives may take to say what it is told to say, in milliseconds. */
const obeysMs = 1_000;

/**
 * Silences a client that sends nothing by itself, then tells it to say DISCONNECT. A client that still runs would obey.
 * @param who the words for what fell silent
 * @returns undefined for a client that goes on
 */
export async function fallDeaf(
  { proxy, driver, nowMs: effectAtMs }: Actor,
  who: string,
  act: () => Promise<unknown>,
): Promise<Witness | undefined> {
  await act();
  // What was on its way comes first, and is still the client's own.
  for (let pieces = 0; pieces < piecesOnTheWay; pieces += 1) {
    if ((await proxy.passedAfter(proxy.passed, onTheWayMs)) === undefined) break;
  }
  const lastByteAtMs = proxy.lastForwardedAtMs ?? undefined;
  const { passed } = proxy;
  driver.do({ do: "disconnect" }).catch(() => undefined);
  const said = await proxy.passedAfter(passed, obeysMs);
  const words = `${who} was told to say DISCONNECT, and sent nothing for ${obeysMs} ms`;
  return said === undefined ? { words, effectAtMs, lastByteAtMs } : undefined;
}
