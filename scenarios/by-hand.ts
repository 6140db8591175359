import type { Actor } from "../harness/stage/actor.ts";
import type { Stage } from "../harness/stage/stage.ts";
import type { ConnectOptions } from "../harness/stage/actor/actor-options.ts";

/**
 * Connects a raw client step by step. The history then records a refusal of any step, and the case goes on to its checks.
 * @returns the actor; undefined if the target refused a step
 */
export async function connectByHand(
  stage: Stage,
  name: string,
  options: ConnectOptions,
): Promise<Actor | undefined> {
  const actor = await stage.connect(name, silent(options));
  return (await goOn(actor)) ? actor : undefined;
}

/** Reconnects an actor in the same way. Returns true if it is connected. */
export async function reconnectByHand(actor: Actor, options: ConnectOptions): Promise<boolean> {
  await actor.reconnect(silent(options));
  return goOn(actor);
}

const silent = ({ raw, ...options }: ConnectOptions): ConnectOptions => ({
  ...options,
  by: "raw",
  raw: { ...raw, until: "line" },
});

async function goOn(actor: Actor): Promise<boolean> {
  // A failed write shows as the end of the connection.
  await actor.raw.write(actor.raw.handshake).catch(() => undefined);
  if ((await actor.until("the open frame")) !== "opened") return false;
  await actor.raw.stomp(actor.raw.connectFrame()).catch(() => undefined);
  return (await actor.until("an answer to CONNECT")) === "connected";
}
