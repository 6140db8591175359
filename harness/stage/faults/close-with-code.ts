import type { Actor } from "../actor.ts";
import { closePayload, opcodes } from "../../clients/raw/codec/websocket-frame.ts";
import { leaveByItself, type Fault } from "./fault.ts";

/**
 * Lets a raw client send a close frame, with a code or without, and wait for the answer. The witness is the client's last
 * bytes at the proxy; if other bytes pass, too, the end of its connections.
 * @param actor a raw client on `websocket` or `native`
 * @param code a 16-bit number; undefined for a close frame without a code
 */
export const closeWithCode = (actor: Actor, code?: number): Fault => ({
  name: "close-with-code",
  actor,
  ends: "visibly",
  apply: () =>
    leaveByItself(actor, () => actor.raw.frame({ opcode: opcodes.close, payload: closePayload(code) })),
});
