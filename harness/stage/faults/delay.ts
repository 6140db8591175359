import type { Actor } from "../actor.ts";
import type { Fault } from "./fault.ts";
import { lateBothWays, latenessMs } from "./parts/lateness.ts";

/**
 * Delays all bytes, both ways, until it is healed. The witness is the time that the next piece of each side took through the
 * proxy.
 * @param delayMs each way
 */
export const delay = (actor: Actor, { delayMs = 150 } = {}): Fault => ({
  name: "delay",
  actor,
  ends: "not",
  apply: () => {
    actor.proxy.reshape("both", { kind: "delay", nextDelayMs: () => delayMs });
    return lateBothWays(actor, 1, (pieces) => pieces.every((piece) => latenessMs(piece) >= delayMs));
  },
  heal: () => actor.proxy.heal(),
});
