import type { Actor } from "../actor.ts";
import type { Directions } from "../proxy/traffic.ts";
import { heartbeatLimitMs, type Fault } from "./fault.ts";
import { ping } from "./ping.ts";

export interface BlackholeOptions {
  readonly direction?: Directions | undefined;
}

/**
 * Nothing gets through any more, both ways or one, and no end of a connection either. The network still acknowledges, so
 * this exercises heartbeats, not TCP's own time-outs. Its witness is something that was swallowed. Where the target still
 * hears the client, the session has to live; a target that has nothing to say is asked for something by a speaker.
 */
export const blackhole = (actor: Actor, { direction = "both" }: BlackholeOptions = {}): Fault => ({
  name: direction === "both" ? "blackhole" : `blackhole-${direction}`,
  actor,
  ends: direction === "from-target" ? "not" : "silently",
  apply: async () => {
    const effectAtMs = actor.nowMs;
    const lost = direction === "from-target" ? direction : "to-target";
    actor.proxy.reshape(direction, { kind: "swallow" });
    const swallowed = actor.proxy.kept(lost, heartbeatLimitMs(actor));
    if (lost === "from-target") await ping(actor);
    if ((await swallowed) === undefined) return undefined;
    const words =
      lost === "from-target"
        ? "the proxy swallowed what the target went on to send"
        : "the proxy swallowed what the client went on to send; a later FIN or RST of its own too";
    return { words, effectAtMs };
  },
});
