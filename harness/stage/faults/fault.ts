import { witnessLimitMs } from "../../util/limits.ts";
import type { Actor } from "../actor.ts";
import type { Ends } from "../../history/events/fault-events.ts";
import { asksNoMore } from "./last-end.ts";

/** One condition that is injected into one actor's session. */
export interface Fault {
  /** The cause, as reports name it. */
  readonly name: string;
  readonly actor: Actor;
  readonly ends: Ends;
  /** Whether the proxy does it, to a connection that the client leaves alone. */
  readonly byProxy?: boolean;
  /**
   * Brings it about, and waits for what shows that it took effect.
   * @returns undefined if nothing shows that in time, which makes the case inconclusive
   */
  readonly apply: () => Promise<Witness | undefined>;
  /** Ends a disturbance that lasts until then. */
  readonly heal?: () => void;
}

/** What shows that a fault took effect. */
export interface Witness {
  readonly words: string;
  /** When it reached the target, as the proxy saw it, in milliseconds on the case's clock. */
  readonly effectAtMs: number;
  /**
   * When the last byte of the client's own went to the target, on the same clock. Left out, the last that passed was its
   * own; what its machine answers by itself, such as pongs and the echo of a close frame, is none.
   */
  readonly lastByteAtMs?: number | undefined;
}

/** Makes a fault for an actor: `fin(alice)`. */
export type MakeFault = (actor: Actor) => Fault;

/** How long to wait for something that a heartbeat shows, in milliseconds. */
export const heartbeatLimitMs = (actor: Actor): number =>
  Math.max(witnessLimitMs, 2 * actor.clientHeartbeatMs);

/**
 * The actor's heartbeat period, in milliseconds.
 * @throws Error when it has none
 */
export function periodOf(actor: Actor): number {
  if (actor.clientHeartbeatMs > 0) return actor.clientHeartbeatMs;
  throw new Error(`${actor.name} has no heartbeats, which this fault goes by; join it with heartbeats: true`);
}

/**
 * Lets the client do what ends its session. Where it is silent otherwise, whatever then passes the proxy is that; where
 * heartbeats or requests pass anyway, only the end of its connections is; and of one that asks by requests, that no other follows.
 */
export async function leaveByItself(actor: Actor, act: () => Promise<unknown>): Promise<Witness | undefined> {
  // Other clients may keep connections for later use.
  if (actor.asks && actor.driver.speaker !== undefined) return asksNoMore(actor, act);
  const { passed } = actor.proxy;
  const ended = actor.proxy.allEnded(witnessLimitMs);
  await act();
  const effectAtMs = await actor.proxy.passedAfter(passed, witnessLimitMs);
  if (effectAtMs === undefined) return undefined;
  if (actor.isQuiet)
    return { words: "the proxy passed the client's last words on to the target", effectAtMs };
  return (await ended) ? { words: "the client's connection to the target ended", effectAtMs } : undefined;
}
