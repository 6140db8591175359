import type { Actor } from "../../actor.ts";
import type { Driver } from "../../../clients/driver.ts";

/**
 * Returns the child process of the actor's client.
 * @throws Error for an actor that runs elsewhere
 */
export function processOf(actor: Actor): NonNullable<Driver["process"]> {
  const client = actor.driver.process;
  if (client === undefined)
    throw new Error(`${actor.name} runs in no process of its own; join it by: "process"`);
  return client;
}
