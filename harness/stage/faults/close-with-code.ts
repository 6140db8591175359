import type { Actor } from "../actor.ts";
import { closePayload, opcodes } from "../../clients/raw/websocket-frame.ts";
import { leaveByItself, type Fault } from "./fault.ts";

/**
 * The client's WebSocket sends a close frame with this code, or with none, and waits for the answer.
 * @param actor a speaker on `websocket` or `native`
 * @param code what two bytes hold; undefined for a close frame without one
 */
export const closeWithCode = (actor: Actor, code?: number): Fault => ({
  name: "close-with-code",
  actor,
  ends: "visibly",
  apply: () =>
    leaveByItself(actor, () => actor.speaker.frame({ opcode: opcodes.close, payload: closePayload(code) })),
});
