import type { FaultName } from "../../../profile/causes.ts";
import type { Actor } from "../../actor.ts";
import { leaveByItself, type Fault } from "../fault.ts";

/**
 * Sends a frame that the protocol forbids at this moment. The target may end the session.
 * @param actor a raw client without heartbeats
 * @param frame makes the frame, exactly as it is sent
 */
export const violate = (actor: Actor, name: FaultName, frame: () => string): Fault => ({
  name,
  actor,
  ends: "visibly",
  apply: () => leaveByItself(actor, () => actor.raw.stomp(frame())),
});
