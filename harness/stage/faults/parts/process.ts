import type { Actor } from "../../actor.ts";
import type { Driver } from "../../../clients/driver.ts";

/**
 * The child process that the actor's client runs in.
 * @throws Error for an actor that runs elsewhere
 */
export function processOf(actor: Actor): NonNullable<Driver["process"]> {
  const client = actor.driver.process;
  if (client === undefined)
    throw new Error(`${actor.name} runs in no process of its own; join it by: "process"`);
  return client;
}
