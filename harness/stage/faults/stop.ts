import { fallDeaf, fallSilent } from "./parts/fall-silent.ts";
import type { MakeFault } from "./fault.ts";
import { processOf } from "./parts/process.ts";

/**
 * Stops the client's process. The connection stays, and the system acknowledges for it. The witness is a missed
 * heartbeat; for a client without heartbeats, a command that it does not carry out.
 */
export const stop: MakeFault = (actor) => ({
  name: "stop",
  actor,
  ends: "silently",
  apply: () => {
    const { pid } = processOf(actor);
    const stopIt = () => Promise.resolve(process.kill(pid, "SIGSTOP"));
    return actor.session.clientHeartbeatMs > 0
      ? fallSilent(actor, "the stopped process", stopIt)
      : fallDeaf(actor, "the stopped process", stopIt);
  },
});
