import { within } from "../within.ts";
import { witnessLimitMs, type MakeFault } from "./fault.ts";
import { lastEndAfter } from "./last-end.ts";

/**
 * On a SockJS HTTP transport the client breaks off the request that receives, which is all that closing is there. Its
 * actor is a speaker without heartbeats, of which nothing else passes then.
 */
export const abort: MakeFault = (actor) => ({
  name: "abort",
  actor,
  ends: "visibly",
  apply: async () => {
    const { proxy, speaker } = actor;
    if (
      (await within(
        witnessLimitMs,
        speaker.asking().then(() => true),
      )) === undefined
    )
      return undefined;
    // What the target has not begun to read, nobody can break off.
    await proxy.untilInUse(witnessLimitMs);
    const { passed } = proxy;
    speaker.abort();
    if ((await proxy.passedAfter(passed, witnessLimitMs)) === undefined) return undefined;
    const effectAtMs = await lastEndAfter(actor, passed);
    return effectAtMs !== undefined && proxy.links.length === 0
      ? { words: "the end of the client's request went on to the target, and no other followed", effectAtMs }
      : undefined;
  },
});
