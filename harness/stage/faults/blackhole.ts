import type { Actor } from "../actor.ts";
import type { Directions } from "../../network/traffic.ts";
import { heartbeatLimitMs, type Fault } from "./fault.ts";
import { ping } from "./parts/ping.ts";

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
    const limitMs = heartbeatLimitMs(actor);
    const swallowed = actor.proxy.kept(lost, limitMs);
    // Over HTTP a client may wait for an answer before it says more.
    const answer = direction === "both" ? actor.proxy.kept("from-target", limitMs) : undefined;
    if (lost === "from-target") await ping(actor);
    // Without heartbeats a client would have nothing to say.
    else if (actor.clientHeartbeatMs === 0) actor.driver.speaker?.stomp("\n").catch(() => undefined);
    const kept = await Promise.race([swallowed, answer ?? swallowed]);
    if (kept === undefined) return undefined;
    const words =
      kept.direction === "from-target"
        ? "the proxy swallowed what the target went on to send"
        : "the proxy swallowed what the client went on to send; a later FIN or RST of its own too";
    return { words, effectAtMs };
  },
});
