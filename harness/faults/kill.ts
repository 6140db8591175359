import type { MakeFault } from "./fault.ts";
import { witnessedByProxy } from "./fault.ts";

/** The client's process is killed; its system closes the connection. */
export const kill: MakeFault = (actor) => ({
  name: "kill",
  actor,
  ends: "visibly",
  apply: async () => {
    const client = actor.driver.process;
    if (client === undefined)
      throw new Error(`${actor.name} runs in no process of its own; join it by: "process"`);
    const passed = await witnessedByProxy(actor, () => {
      process.kill(client.pid, "SIGKILL");
      return client.ended;
    });
    const signal = await client.ended;
    return signal === "SIGKILL" && passed !== undefined
      ? "the process ended by SIGKILL, and its connection with it"
      : undefined;
  },
});
