import { withTimeout } from "../../util/with-timeout.ts";
import { leaveByItself, type MakeFault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";
import { asksNoMore } from "./parts/last-end.ts";
import { processOf } from "./parts/process.ts";

/**
 * Kills the client's process. The system closes the connection. The witness is the system's report that the process
 * ended, and the end of its connections.
 */
export const kill: MakeFault = (actor) => ({
  name: "kill",
  actor,
  ends: "visibly",
  apply: async () => {
    const client = processOf(actor);
    const act = () => Promise.resolve(process.kill(client.pid, "SIGKILL"));
    const witness = await (actor.session.usesHttp ? asksNoMore(actor, act) : leaveByItself(actor, act));
    if (witness === undefined) return undefined;
    const killed = (await withTimeout(witnessLimitMs, client.ended)) === "SIGKILL";
    return killed
      ? { ...witness, words: "the process ended by SIGKILL, and its connection with it" }
      : undefined;
  },
});
