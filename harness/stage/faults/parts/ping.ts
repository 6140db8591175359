import type { Actor } from "../../actor.ts";
import { opcodes } from "../../../clients/raw/codec/websocket-frame.ts";

/**
 * Pings the target, which may send no bytes by itself. Every server answers a ping with a pong at once (RFC 6455, section
 * 5.5.2), and neither STOMP nor the application notices. Does nothing for an actor that is no raw client on a WebSocket;
 * there the target's own bytes must suffice.
 */
export async function ping(actor: Actor): Promise<void> {
  // A closed connection brings no answer, and the witness will be missing.
  await actor.driver.raw?.frame({ opcode: opcodes.ping }).catch(() => undefined);
}
