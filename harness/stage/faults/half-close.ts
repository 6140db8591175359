import { halfOpen } from "../../network/connections.ts";
import { heartbeatLimitMs, type MakeFault } from "./fault.ts";

/**
 * The client's half of the connection ends with FIN, while the other half stays open and is read. Its witness is that the
 * system says so; or else what the target sends after that, be it its own FIN: on a connection that was closed for good
 * nobody would read it.
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
    const bySystem = () => {
      const open = halfOpen(connections)?.length ?? 0;
      const words = `the target's system has the FIN of ${open} connection(s), which the proxy still reads`;
      return open === 0 ? undefined : { words, effectAtMs };
    };
    const ended = actor.proxy.allEnded(limitMs);
    const finished = await actor.proxy.halfClose(limitMs);
    if (finished === 0) return undefined;
    const atOnce = bySystem();
    if (atOnce !== undefined) return atOnce;
    const answer = await Promise.race([
      actor.proxy.passages("from-target", 1, limitMs).then(([piece]) => piece !== undefined && "bytes"),
      ended.then((over) => over && "its own FIN"),
    ]);
    // From another machine the acknowledgement has come by now, also where nothing else has.
    return answer === false
      ? bySystem()
      : {
          words: `${finished} half-closed connection(s) still brought ${answer} from the target`,
          effectAtMs,
        };
  },
});
