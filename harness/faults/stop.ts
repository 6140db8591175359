import { fallSilent } from "./fall-silent.ts";
import type { MakeFault } from "./fault.ts";
import { processOf } from "./process.ts";

/** The client's process is stopped: the connection stays, the system acknowledges, the application is dead. */
export const stop: MakeFault = (actor) => ({
  name: "stop",
  actor,
  ends: "silently",
  apply: () => {
    const { pid } = processOf(actor);
    return fallSilent(actor, "the stopped process", () => Promise.resolve(process.kill(pid, "SIGSTOP")));
  },
});
