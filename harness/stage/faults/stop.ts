import { fallDeaf, fallSilent } from "./parts/fall-silent.ts";
import type { MakeFault } from "./fault.ts";
import { processOf } from "./parts/process.ts";

/**
 * The client's process is stopped: the connection stays, the system acknowledges, the application is dead. A client that
 * promised heartbeats is seen to miss one; any other is seen not to do what it is told.
 */
export const stop: MakeFault = (actor) => ({
  name: "stop",
  actor,
  ends: "silently",
  apply: () => {
    const { pid } = processOf(actor);
    const stopIt = () => Promise.resolve(process.kill(pid, "SIGSTOP"));
    return actor.clientHeartbeatMs > 0
      ? fallSilent(actor, "the stopped process", stopIt)
      : fallDeaf(actor, "the stopped process", stopIt);
  },
});
