import type { MakeFault } from "./fault.ts";
import { misbehave } from "./parts/misbehave.ts";

/** A speaker sends a STOMP frame with a header that has no colon. */
export const malformFrame: MakeFault = (actor) =>
  misbehave(actor, "malformed-frame", () => actor.speaker.stomp("SEND\ndestination\n\n\0"));
