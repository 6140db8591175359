import type { Actor } from "../../actor.ts";
import { opcodes } from "../../../clients/raw/websocket-frame.ts";

/**
 * Asks the target for bytes where it may have none to send of its own: a ping has to be answered with a pong, by every
 * server and at once (RFC 6455, section 5.5.2), and neither STOMP nor the application hears of it. Only a speaker on a
 * WebSocket can ask; for anybody else this does nothing, and what the target sends by itself has to come.
 */
export async function ping(actor: Actor): Promise<void> {
  // On a connection that is over no answer comes either, and the witness is missing.
  await actor.driver.speaker?.frame({ opcode: opcodes.ping }).catch(() => undefined);
}
