import type { Actor } from "../../actor.ts";
import { periodOf, type Witness } from "../fault.ts";

/** Time that the client's earlier bytes may take to the proxy, in milliseconds. */
const onTheWayMs = 250;

/**
 * Silences a client and waits until the proxy has seen it miss a heartbeat.
 * @param who subject of the witness' words
 * @returns undefined for a client that goes on
 * @throws Error for a client without heartbeats: nothing could show its silence
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
  // One piece may still be on its way, or be sent by the client's machine. After that, a heartbeat is surely missed.
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

/** More pieces than a polling client can have under way at once: a request, its end, and the poll. */
const piecesOnTheWay = 4;

/** Time in which a living client carries out a command, in milliseconds. */
const obeysMs = 1_000;

/**
 * Silences a client without heartbeats, then tells it to send DISCONNECT. A living client would obey.
 * @param who subject of the witness' words
 * @returns undefined for a client that goes on
 */
export async function fallDeaf(
  { proxy, driver, nowMs: effectAtMs }: Actor,
  who: string,
  act: () => Promise<unknown>,
): Promise<Witness | undefined> {
  await act();
  // The client's earlier pieces may still be on their way.
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
