import type { Actor } from "../actor.ts";

/** One condition that is injected into one actor's session, and ends it. */
export interface Fault {
  /** The cause, as reports name it. */
  readonly name: string;
  readonly actor: Actor;
  /** How the target can know: by a frame or the transport's end, or only by missing something. */
  readonly ends: "visibly" | "silently";
  /**
   * Brings it about.
   * @returns what shows that it took effect, in words; undefined if nothing did, which makes the case inconclusive
   */
  readonly apply: () => Promise<string | undefined>;
}

/** Makes a fault for an actor: `fin(alice)`. */
export type MakeFault = (actor: Actor) => Fault;

/** How long a witness may take that is due at once, in milliseconds. */
export const witnessLimitMs = 5_000;

/** Does what ends a session visibly; its witness is that something of the actor's then passed the proxy. */
export async function witnessedByProxy(
  actor: Actor,
  act: () => Promise<unknown>,
): Promise<string | undefined> {
  const { passed } = actor.proxy;
  await act();
  const reached = await actor.proxy.untilPassed(passed, witnessLimitMs);
  return reached ? "the proxy passed it on to the target" : undefined;
}
