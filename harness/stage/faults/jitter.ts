import type { Actor } from "../actor.ts";
import { seededRandom } from "../../util/random.ts";
import { lateBothWays, latenessMs } from "./parts/lateness.ts";
import type { Fault } from "./fault.ts";

/**
 * Delays each piece by a different time, both ways and in order, until it is healed. The witness is the time that the
 * next two pieces of each side took through the proxy.
 * @param minMs the shortest delay
 * @param maxMs the longest delay of a piece that waits for no earlier one
 */
export const jitter = (actor: Actor, { minMs = 20, maxMs = 220, seed = 1 } = {}): Fault => ({
  name: "jitter",
  actor,
  ends: "not",
  apply: () => {
    for (const [place, way] of (["to-target", "from-target"] as const).entries()) {
      const random = seededRandom(seed + place);
      actor.proxy.reshape(way, {
        kind: "delay",
        nextDelayMs: () => minMs + random() * (maxMs - minMs),
      });
    }
    return lateBothWays(actor, 2, (pieces) => {
      const lateMs = pieces.map(latenessMs);
      return Math.min(...lateMs) >= minMs && Math.max(...lateMs) - Math.min(...lateMs) > 1;
    });
  },
  heal: () => actor.proxy.heal(),
});
