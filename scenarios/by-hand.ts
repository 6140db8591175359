import type { Actor } from "../harness/stage/actor.ts";
import type { ConnectOptions, Stage } from "../harness/stage/stage.ts";

/**
 * Connects a speaker step by step. A target that refuses one of them stands on record as that, where it would otherwise
 * only be in the way of what is to be judged.
 * @returns the actor, if it is connected
 */
export async function connectByHand(
  stage: Stage,
  name: string,
  options: ConnectOptions,
): Promise<Actor | undefined> {
  const actor = await stage.connect(name, silent(options));
  return (await goOn(actor)) ? actor : undefined;
}

/** The same for one who comes again. */
export async function reconnectByHand(actor: Actor, options: ConnectOptions): Promise<boolean> {
  await actor.reconnect(silent(options));
  return goOn(actor);
}

const silent = ({ speaker, ...options }: ConnectOptions): ConnectOptions => ({
  ...options,
  by: "speaker",
  speaker: { ...speaker, until: "line" },
});

async function goOn(actor: Actor): Promise<boolean> {
  // What can't be sent any more the end of the connection tells.
  await actor.speaker.write(actor.speaker.handshake).catch(() => undefined);
  if ((await actor.until("the open frame")) !== "opened") return false;
  await actor.speaker.stomp(actor.speaker.connectFrame()).catch(() => undefined);
  return (await actor.until("an answer to CONNECT")) === "connected";
}
