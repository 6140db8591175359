import type { Actor } from "../actor.ts";
import type { Fault } from "./fault.ts";

/**
 * Waits until the client's credentials have expired, by the profile's `expires`. The witness is the end of the connection, or that the
 * declared time from the client's CONNECTED has passed.
 * @param afterMs the declared time
 */
export const credentialsExpired = (actor: Actor, afterMs: number): Fault => ({
  name: "credentials-expired",
  actor,
  ends: "visibly",
  apply: async () => {
    const connected = actor.session.last("connected");
    if (connected === undefined) return undefined;
    const expiresAtMs = connected.atMs + afterMs;
    const words = (await actor.untilClosed(Math.max(0, expiresAtMs - actor.nowMs)))
      ? "the target closed the connection before the declared time had passed"
      : "the declared time since CONNECTED had passed";
    return { words, effectAtMs: expiresAtMs };
  },
});
