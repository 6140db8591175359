import { withTimeout } from "../../util/with-timeout.ts";
import type { MakeFault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";
import { lastEndAfter } from "./parts/last-end.ts";

/**
 * Lets a raw client on xhr-polling send no further poll after the current one is answered. Without another notice, the
 * target's own heartbeat must answer it. The witness is the end of the last poll at the proxy, and no other request for
 * half a second.
 */
export const stopPolling: MakeFault = (actor) => ({
  name: "stop-polling",
  actor,
  ends: "visibly",
  apply: async () => {
    const { proxy, raw } = actor;
    if ((await withTimeout(witnessLimitMs, raw.stopPolling())) === undefined) return undefined;
    const answeredAtMs = actor.nowMs;
    const endedAtMs = await lastEndAfter(actor, proxy.passed);
    return proxy.links.length === 0
      ? { words: "the last poll was answered, and no other followed", effectAtMs: endedAtMs ?? answeredAtMs }
      : undefined;
  },
});
