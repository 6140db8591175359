import type { Actor } from "../actor.ts";
import type { Directions } from "../../network/traffic.ts";
import { heartbeatLimitMs, type Fault } from "./fault.ts";
import { ping } from "./parts/ping.ts";

export interface BlackholeOptions {
  readonly direction?: Directions | undefined;
}

/**
 * Drops all bytes, both ways or one, and every later FIN or RST. The network still acknowledges packets, so that only
 * heartbeats show the silence, not TCP's own timeouts. The witness is a dropped piece. Towards a client alone, the
 * session must live, and a raw client's ping brings an answer to drop.
 */
export const blackhole = (actor: Actor, { direction = "both" }: BlackholeOptions = {}): Fault => ({
  name: direction === "both" ? "blackhole" : `blackhole-${direction}`,
  actor,
  ends: direction === "from-target" ? "not" : "silently",
  apply: async () => {
    const effectAtMs = actor.nowMs;
    const lost = direction === "from-target" ? direction : "to-target";
    actor.proxy.reshape(direction, { kind: "swallow" });
    const limitMs = heartbeatLimitMs(actor);
    const swallowed = actor.proxy.kept(lost, limitMs);
    // An HTTP client may wait for an answer before it sends more.
    const answer = direction === "both" ? actor.proxy.kept("from-target", limitMs) : undefined;
    if (lost === "from-target") await ping(actor);
    // A client without heartbeats would send nothing.
    else if (actor.session.clientHeartbeatMs === 0) actor.driver.raw?.stomp("\n").catch(() => undefined);
    const kept = await Promise.race([swallowed, answer ?? swallowed]);
    if (kept === undefined) return undefined;
    const words =
      kept.direction === "from-target"
        ? "the proxy swallowed what the target went on to send"
        : "the proxy swallowed what the client went on to send; a later FIN or RST of its own too";
    return { words, effectAtMs };
  },
});
