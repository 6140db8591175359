import type { MakeFault } from "./fault.ts";
import { misbehave } from "./parts/misbehave.ts";

/** Opcode that RFC 6455, section 5.2, reserves. */
const reservedOpcode = 3;

/**
 * Lets a raw client break the framing below STOMP: SockJS's, or a native WebSocket's. The witness is that the proxy passed
 * the input on and the client saw its connection end.
 */
export const breakFraming: MakeFault = (actor) =>
  misbehave(actor, "broken-framing", () =>
    actor.session.id === null
      ? actor.raw.frame({ opcode: reservedOpcode, payload: "?" })
      : actor.raw.message('["no end'),
  );
