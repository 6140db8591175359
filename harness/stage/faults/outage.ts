import { setTimeout } from "node:timers/promises";
import type { Actor } from "../actor.ts";
import { backlogLimitBytes } from "../../network/flow.ts";
import type { Directions } from "../../network/traffic.ts";
import { latenessMs } from "./parts/lateness.ts";
import { heartbeatLimitMs, periodOf, type Fault } from "./fault.ts";
import { lateShare } from "../../util/limits.ts";
import { ping } from "./parts/ping.ts";

export interface OutageOptions {
  readonly direction?: Directions | undefined;
}

/**
 * Holds back all bytes for a moment, both ways or one, then delivers them, as TCP does. The outage ends once a piece was
 * held for a quarter of the heartbeat period, so that the session must live. The witness is that time. From a target
 * alone, a ping of the raw client brings an answer to hold back.
 */
export const outage = (actor: Actor, { direction = "both" }: OutageOptions = {}): Fault => ({
  name: direction === "both" ? "outage" : `outage-${direction}`,
  actor,
  ends: "not",
  apply: async () => {
    const { proxy } = actor;
    const lateMs = periodOf(actor) * lateShare;
    const effectAtMs = actor.nowMs;
    const limitMs = heartbeatLimitMs(actor) + lateMs;
    const ways = direction === "both" ? (["to-target", "from-target"] as const) : [direction];
    proxy.reshape(direction, { kind: "hold", limitBytes: backlogLimitBytes });
    const passed = Promise.any(
      ways.map(async (way) => {
        const [piece] = await proxy.passages(way, 1, limitMs);
        // Timers may fire a little early. Without an outage a piece takes next to no time.
        if (piece === undefined || latenessMs(piece) < lateMs / 2) throw new Error("not held");
        return piece;
      }),
    ).catch(() => undefined);
    const held = Promise.race(ways.map((way) => proxy.kept(way, limitMs)));
    // Towards the target, the client's next heartbeat is held back.
    if (direction === "from-target") await ping(actor);
    await held;
    await setTimeout(lateMs);
    proxy.heal();
    const piece = await passed;
    return piece === undefined
      ? undefined
      : {
          words: `what was sent ${piece.direction === "to-target" ? "to" : "from"} the target was held up by ${Math.round(latenessMs(piece))} ms and then arrived`,
          effectAtMs,
        };
  },
});
