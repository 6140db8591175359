import type { Actor } from "../actor.ts";
import { malformedIdentify } from "../../history/malformed-identify.ts";
import type { Fault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";
import { misbehave } from "./parts/misbehave.ts";

/**
 * A speaker that is nobody sends an identify that no server can read, and lives on as far as the target lets it. Its
 * witness: the proxy passed something of it on.
 */
export const malformIdentify = (actor: Actor, frame: string): Fault => ({
  name: malformedIdentify,
  actor,
  ends: "not",
  apply: async () => {
    const { proxy, speaker } = actor;
    const { passed } = proxy;
    // The target may end the session for it, before it has taken it all in.
    speaker.stomp(frame).catch(() => undefined);
    const effectAtMs = await proxy.passedAfter(passed, witnessLimitMs);
    return effectAtMs === undefined
      ? undefined
      : { words: "the proxy passed it on to the target", effectAtMs };
  },
});

/** The same of a speaker that the others know. Its session ends: by the target, or half a second later by the client. */
export const malformIdentifyAndClose = (actor: Actor, frame: string): Fault =>
  misbehave(actor, malformedIdentify, () => actor.speaker.stomp(frame));
