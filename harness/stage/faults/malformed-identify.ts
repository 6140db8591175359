import type { Actor } from "../actor.ts";
import { malformedIdentify } from "../../history/malformed-identify.ts";
import type { Fault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";
import { misbehave } from "./parts/misbehave.ts";

/**
 * Lets an unidentified raw client send an unreadable identify message. The raw client stays connected as long as the target
 * permits. The witness is that the proxy passed on bytes of the message.
 */
export const malformIdentify = (actor: Actor, frame: string): Fault => ({
  name: malformedIdentify,
  actor,
  ends: "not",
  apply: async () => {
    const { proxy, raw } = actor;
    const { passed } = proxy;
    // The target may end the session before it has taken the whole message.
    raw.stomp(frame).catch(() => undefined);
    const effectAtMs = await proxy.passedAfter(passed, witnessLimitMs);
    return effectAtMs === undefined
      ? undefined
      : { words: "the proxy passed it on to the target", effectAtMs };
  },
});

/** Lets a known raw client send the same. The session ends, by the target at once or by the client half a second later. */
export const malformIdentifyAndClose = (actor: Actor, frame: string): Fault =>
  misbehave(actor, malformedIdentify, () => actor.raw.stomp(frame));
