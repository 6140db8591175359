import { halfOpen } from "../../network/connections.ts";
import { heartbeatLimitMs, type MakeFault } from "./fault.ts";

/**
 * Ends the client's half of the connection with FIN, and keeps reading the other half. The witness is the system's own
 * report, or anything that the target sends afterwards, even its FIN: on a fully closed connection nobody would read it.
 */
export const halfClose: MakeFault = (actor) => ({
  name: "half-close",
  actor,
  ends: "visibly",
  byProxy: true,
  apply: async () => {
    const effectAtMs = actor.nowMs;
    const limitMs = heartbeatLimitMs(actor);
    const next = actor.proxy.untilInUse(limitMs);
    if (next !== undefined) await next;
    const { connections } = actor.proxy;
    const bySystem = async () => {
      const open = (await halfOpen(connections))?.length ?? 0;
      const words = `the target's system has the FIN of ${open} connection(s), which the proxy still reads`;
      return open === 0 ? undefined : { words, effectAtMs };
    };
    const ended = actor.proxy.allEnded(limitMs);
    const finished = await actor.proxy.cutter.halfClose(limitMs);
    if (finished === 0) return undefined;
    const answered = Promise.race([
      actor.proxy.passages("from-target", 1, limitMs).then(([piece]) => piece !== undefined && "bytes"),
      ended.then((over) => over && "its own FIN"),
    ]);
    const atOnce = await bySystem();
    if (atOnce !== undefined) return atOnce;
    const answer = await answered;
    // By now even an acknowledgement from another machine has arrived.
    return answer === false
      ? bySystem()
      : {
          words: `${finished} half-closed connection(s) still brought ${answer} from the target`,
          effectAtMs,
        };
  },
});
