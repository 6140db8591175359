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
    const effectAtMs = actor.nowMs;
    process.kill(client.pid, "SIGSTOP");
    const quietMs = actor.clientHeartbeatMs * 1.5;
    if (quietMs === 0) return undefined;
    // What it sent before may still be on its way; after that, its heartbeat is missed once for sure.
    for (let pieces = 0; pieces < 2; pieces += 1) {
      const sent = await actor.proxy.passedAfter(actor.proxy.passed, quietMs);
      if (sent === undefined) {
        return {
          words: `the stopped process sent nothing for ${quietMs} ms, one and a half heartbeat periods`,
          effectAtMs,
        };
      }
    }
    return undefined;
  },
});
