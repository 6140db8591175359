import { leaveByItself, type MakeFault } from "./fault.ts";

/** The client's process is killed; its system closes the connection. */
export const kill: MakeFault = (actor) => ({
  name: "kill",
  actor,
  ends: "visibly",
  apply: async () => {
    const client = actor.driver.process;
    if (client === undefined)
      throw new Error(`${actor.name} runs in no process of its own; join it by: "process"`);
    const witness = await leaveByItself(actor, () => {
      process.kill(client.pid, "SIGKILL");
      return client.ended;
    });
    const killed = (await client.ended) === "SIGKILL";
    return killed && witness !== undefined
      ? { ...witness, words: "the process ended by SIGKILL, and its connection with it" }
      : undefined;
  },
});
