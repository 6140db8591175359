import type { Actor } from "../actor.ts";
import { heartbeatLimitMs, type Fault } from "./fault.ts";

/** Number of single bytes that are no coincidence. */
const witnessBytes = 5;

/**
 * Passes the client's bytes to the target one at a time, until it is healed. The witness is the size and time of the next
 * pieces.
 * @param everyMs from one byte to the next
 */
export const trickle = (actor: Actor, { everyMs = 10 } = {}): Fault => ({
  name: "trickle",
  actor,
  ends: "not",
  apply: async () => {
    const effectAtMs = actor.nowMs;
    actor.proxy.reshape("to-target", { kind: "trickle", everyMs });
    const limitMs = heartbeatLimitMs(actor) + witnessBytes * everyMs;
    const bytes = await actor.proxy.passages("to-target", witnessBytes, limitMs);
    const oneByOne = bytes.every(({ bytes: size, passedAtMs }, place) => {
      const before = bytes[place - 1]?.passedAtMs ?? -Infinity;
      return size === 1 && passedAtMs - before >= everyMs;
    });
    return bytes.length === witnessBytes && oneByOne
      ? { words: `${witnessBytes} bytes passed one by one, at least ${everyMs} ms apart`, effectAtMs }
      : undefined;
  },
  heal: () => actor.proxy.heal(),
});
