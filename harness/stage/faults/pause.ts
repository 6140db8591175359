import { heartbeatLimitMs, periodOf, type MakeFault } from "./fault.ts";
import { lateShare } from "../../util/limits.ts";
import { processOf } from "./parts/process.ts";

/**
 * Stops the client's process and continues it, like a laptop's lid or a debugger. The pause is so short that a heartbeat
 * is late and none is missed, so that the session must live. The witness is the late heartbeat, and the next one.
 */
export const pause: MakeFault = (actor) => ({
  name: "pause",
  actor,
  ends: "not",
  apply: async () => {
    const { proxy } = actor;
    const { pid } = processOf(actor);
    const limitMs = heartbeatLimitMs(actor);
    const quietMs = periodOf(actor) * (1 + lateShare);
    // Directly after a heartbeat, the time to the next one is known.
    if ((await proxy.passedAfter(proxy.passed, limitMs)) === undefined) return undefined;
    const effectAtMs = actor.nowMs;
    let late: boolean;
    process.kill(pid, "SIGSTOP");
    try {
      late = (await proxy.passedAfter(proxy.passed, quietMs)) === undefined;
    } finally {
      process.kill(pid, "SIGCONT");
    }
    const goesOn = (await proxy.passedAfter(proxy.passed, limitMs)) !== undefined;
    return late && goesOn
      ? {
          words: `the process sent nothing for ${quietMs} ms while it was stopped, and then went on`,
          effectAtMs,
        }
      : undefined;
  },
});
