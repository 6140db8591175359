import { losePackets } from "../../network/packet-loss.ts";
import type { MakeFault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";

/**
 * The packets of the actor's connections to the target get lost, both ways: nothing is acknowledged any more, as when a
 * cable is cut. Its time counts from the moment at which the kernel has the rule. Its witness is the kernel's own count of
 * what it dropped. A client may have nothing to send for minutes, so the proxy's system is asked to probe the connection
 * (TCP keep-alive, RFC 1122, section 4.2.3.6); where the loss works, the target's system never sees the probe.
 */
export const packetLoss: MakeFault = (actor) => ({
  name: "packet-loss",
  actor,
  ends: "silently",
  apply: async () => {
    const { proxy } = actor;
    await proxy.untilInUse(witnessLimitMs);
    const { connections } = proxy;
    if (connections.length === 0) return undefined;
    const starting = losePackets(connections);
    // Before it is in force: whoever gives the case up meanwhile waits until nothing is left of it.
    await proxy.onClose(() =>
      starting.then(
        ({ stop }) => stop(),
        () => undefined,
      ),
    );
    const loss = await starting;
    if (proxy.isClosed) return undefined;
    proxy.isolate();
    const effectAtMs = actor.nowMs;
    await proxy.probeConnections();
    const dropped = await loss.dropped();
    return dropped === 0
      ? undefined
      : { words: `the kernel has dropped ${dropped} packet(s) of its connection so far`, effectAtMs };
  },
});
