import type { Actor } from "../actor.ts";
import type { Ends } from "../history.ts";

/** One condition that is injected into one actor's session. */
export interface Fault {
  /** The cause, as reports name it. */
  readonly name: string;
  readonly actor: Actor;
  readonly ends: Ends;
  /**
   * Brings it about, and waits for what shows that it took effect.
   * @returns undefined if nothing shows that in time, which makes the case inconclusive
   */
  readonly apply: () => Promise<Witness | undefined>;
}

/** What shows that a fault took effect. */
export interface Witness {
  readonly words: string;
  /** When it reached the target, as the proxy saw it, in milliseconds on the case's clock. */
  readonly effectAtMs: number;
}

/** Makes a fault for an actor: `fin(alice)`. */
export type MakeFault = (actor: Actor) => Fault;

/** How long a witness may take that is due at once, in milliseconds. */
export const witnessLimitMs = 5_000;

/**
 * Lets the client do what ends its session. Where it is silent otherwise, whatever then passes the proxy is that; where
 * heartbeats or requests pass anyway, only the end of its connections is.
 */
export async function leaveByItself(actor: Actor, act: () => Promise<unknown>): Promise<Witness | undefined> {
  const { passed } = actor.proxy;
  const ended = actor.proxy.allEnded(witnessLimitMs);
  await act();
  const effectAtMs = await actor.proxy.passedAfter(passed, witnessLimitMs);
  if (effectAtMs === undefined) return undefined;
  if (actor.isQuiet)
    return { words: "the proxy passed the client's last words on to the target", effectAtMs };
  return (await ended) ? { words: "the client's connection to the target ended", effectAtMs } : undefined;
}
