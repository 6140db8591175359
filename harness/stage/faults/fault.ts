import { witnessLimitMs } from "../../util/limits.ts";
import type { Actor } from "../actor.ts";
import type { FaultName } from "../../profile/causes.ts";
import type { Ends } from "../../history/events/fault-events.ts";
import { asksNoMore } from "./parts/last-end.ts";

/** Condition that a scenario injects into one actor's session. */
export interface Fault {
  /** Cause of the end, as reports and `deadlines.causes` name it. */
  readonly name: FaultName;
  readonly actor: Actor;
  readonly ends: Ends;
  /** True if the proxy acts on the connection and the client itself does nothing. */
  readonly byProxy?: boolean;
  /**
   * Applies the fault and waits for its witness.
   * @returns undefined if no witness appears in time, which makes the case inconclusive
   */
  readonly apply: () => Promise<Witness | undefined>;
  /** Ends a lasting disturbance. */
  readonly heal?: () => void;
}

/** Proof that a fault took effect. */
export interface Witness {
  readonly words: string;
  /** Time at which the fault reached the target, as the proxy saw it, in milliseconds on the case's clock. */
  readonly effectAtMs: number;
  /**
   * Time of the client's own last byte to the target, on the same clock. By default the last byte that passed. Bytes that
   * the client's machine sends by itself, such as pongs and the echo of a close frame, do not count.
   */
  readonly lastByteAtMs?: number | undefined;
}

/** Makes a fault for an actor: `fin(alice)`. */
export type MakeFault = (actor: Actor) => Fault;

/** Returns the time to wait for an effect that a heartbeat shows, in milliseconds. */
export const heartbeatLimitMs = (actor: Actor): number =>
  Math.max(witnessLimitMs, 2 * actor.session.clientHeartbeatMs);

/**
 * Returns the actor's heartbeat period, in milliseconds.
 * @throws Error for an actor without heartbeats
 */
export function periodOf(actor: Actor): number {
  if (actor.session.clientHeartbeatMs > 0) return actor.session.clientHeartbeatMs;
  throw new Error(`${actor.name} has no heartbeats, which this fault goes by; join it with heartbeats: true`);
}

/**
 * Lets the client end its own session. If the client sends nothing by itself, the witness is the next bytes that pass the proxy.
 * Otherwise it is the end of its connections; for a raw client over HTTP, that no further request follows.
 */
export async function leaveByItself(actor: Actor, act: () => Promise<unknown>): Promise<Witness | undefined> {
  // Other clients may keep idle connections.
  if (actor.session.usesHttp && actor.driver.raw !== undefined) return asksNoMore(actor, act);
  const { passed } = actor.proxy;
  const ended = actor.proxy.allEnded(witnessLimitMs);
  await act();
  const effectAtMs = await actor.proxy.passedAfter(passed, witnessLimitMs);
  if (effectAtMs === undefined) return undefined;
  if (actor.session.isQuiet)
    return { words: "the proxy passed the client's last words on to the target", effectAtMs };
  return (await ended) ? { words: "the client's connection to the target ended", effectAtMs } : undefined;
}
