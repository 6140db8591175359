import type { MakeFault } from "./fault.ts";

/**
 * Logs the client out by the profile's `logout`, an HTTP request beside its connection. The witness is that the target answered the
 * request with success.
 */
export const logOut: MakeFault = (actor) => ({
  name: "log-out",
  actor,
  ends: "visibly",
  apply: async () => {
    await actor.logOut();
    return { words: "the target answered the log-out with success", effectAtMs: actor.nowMs };
  },
});
