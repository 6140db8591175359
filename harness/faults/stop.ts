import type { MakeFault } from "./fault.ts";

/** The client's process is stopped: the connection stays, the system acknowledges, the application is dead. */
export const stop: MakeFault = (actor) => ({
  name: "stop",
  actor,
  ends: "silently",
  apply: async () => {
    const client = actor.driver.process;
    if (client === undefined)
      throw new Error(`${actor.name} runs in no process of its own; join it by: "process"`);
    process.kill(client.pid, "SIGSTOP");
    // What it sent before may still be on its way; after that, its heartbeat is missed once for sure.
    const quietMs = actor.clientHeartbeatMs * 1.5;
    if (quietMs === 0) return undefined;
    for (let pieces = 0; pieces < 2; pieces += 1) {
      const sent = await actor.proxy.untilPassed(actor.proxy.passed, quietMs);
      if (!sent)
        return `the stopped process sent nothing for ${quietMs} ms, one and a half heartbeat periods`;
    }
    return undefined;
  },
});
