import type { FaultName } from "../../../profile/causes.ts";
import type { Actor } from "../../actor.ts";
import { leaveByItself, type Fault } from "../fault.ts";

/** Time in which a target may react to the input, in milliseconds. */
const thinkMs = 500;

/**
 * Lets a raw client send forbidden input. Unless the target ends the session for it, the client closes it, so that it ends
 * in any case. The witness is that the proxy passed the input on and the client saw its connection end.
 * @param actor a raw client
 */
export const misbehave = (actor: Actor, name: FaultName, act: () => Promise<void>): Fault => ({
  name,
  actor,
  ends: "visibly",
  apply: async () => {
    const { proxy } = actor;
    const { passed } = proxy;
    // A target may close the connection before it has taken the whole input.
    act().catch(() => undefined);
    if (!(await actor.untilClosed(thinkMs)))
      return leaveByItself(actor, () => actor.driver.do({ do: "close" }));
    return proxy.passed > passed
      ? { words: "the target was sent it, and the connection ended", effectAtMs: actor.nowMs }
      : undefined;
  },
});
