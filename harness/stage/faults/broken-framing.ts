import type { MakeFault } from "./fault.ts";
import { misbehave } from "./parts/misbehave.ts";

/** Reserved for further frames (RFC 6455, section 5.2). */
const reservedOpcode = 3;

/** A speaker breaks the framing below STOMP: SockJS's, or on a native WebSocket that. */
export const breakFraming: MakeFault = (actor) =>
  misbehave(actor, "broken-framing", () =>
    actor.sessionId === null
      ? actor.speaker.frame({ opcode: reservedOpcode, payload: "?" })
      : actor.speaker.message('["no end'),
  );
