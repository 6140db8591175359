import { losePackets } from "../../network/packet-loss.ts";
import type { MakeFault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";

/**
 * Drops all packets between proxy and target, both ways. Nothing is acknowledged, as with a cut cable. The fault begins
 * when the kernel has the rule. The witness is the kernel's count of dropped packets. A client may send nothing for
 * minutes, so the proxy's system probes the connection (TCP keep-alive, RFC 1122, section 4.2.3.6). Under the rule, the
 * target's system never sees the probe.
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
    // Registered before the rule is in force, so that an aborted case waits until the rule is gone.
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
