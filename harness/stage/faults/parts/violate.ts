import type { Actor } from "../../actor.ts";
import { leaveByItself, type Fault } from "../fault.ts";

/**
 * The client says what the protocol does not let it say now, and waits for what comes of it: the target may end the
 * session.
 * @param actor a speaker without heartbeats, of which nothing else passes
 * @param name what it is, in reports: `send-before-connect`
 * @param text a frame exactly as it is sent
 */
export const violate = (actor: Actor, name: string, text: string): Fault => ({
  name,
  actor,
  ends: "visibly",
  apply: () => leaveByItself(actor, () => actor.speaker.stomp(text)),
});
