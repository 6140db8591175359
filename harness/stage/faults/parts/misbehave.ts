import type { FaultName } from "../../../profile/causes.ts";
import type { Actor } from "../../actor.ts";
import { leaveByItself, type Fault } from "../fault.ts";

/** How long a target may think about what it was sent, in milliseconds. */
const thinkMs = 500;

/**
 * The client sends what it must not. A target ends the session for that, or lets it pass; then the client closes it, so that
 * it has ended in any case. Its witness: the proxy passed it on, and the client saw its connection end.
 * @param actor a speaker
 */
export const misbehave = (actor: Actor, name: FaultName, act: () => Promise<void>): Fault => ({
  name,
  actor,
  ends: "visibly",
  apply: async () => {
    const { proxy } = actor;
    const { passed } = proxy;
    // A target that hangs up may not even take it all in.
    act().catch(() => undefined);
    if (!(await actor.untilClosed(thinkMs)))
      return leaveByItself(actor, () => actor.driver.do({ do: "close" }));
    return proxy.passed > passed
      ? { words: "the target was sent it, and the connection ended", effectAtMs: actor.nowMs }
      : undefined;
  },
});
