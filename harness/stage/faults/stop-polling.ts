import { within } from "../../util/with-timeout.ts";
import type { MakeFault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";
import { lastEndAfter } from "./parts/last-end.ts";

/**
 * On xhr-polling the client's present request is its last: once that is answered, no other follows. Something must be
 * sent to the client meanwhile, or the answer takes the target's own heartbeat.
 */
export const stopPolling: MakeFault = (actor) => ({
  name: "stop-polling",
  actor,
  ends: "visibly",
  apply: async () => {
    const { proxy, speaker } = actor;
    if ((await within(witnessLimitMs, speaker.stopPolling())) === undefined) return undefined;
    const answeredAtMs = actor.nowMs;
    const endedAtMs = await lastEndAfter(actor, proxy.passed);
    return proxy.links.length === 0
      ? { words: "the last poll was answered, and no other followed", effectAtMs: endedAtMs ?? answeredAtMs }
      : undefined;
  },
});
