import type { MakeFault } from "./fault.ts";
import { misbehave } from "./parts/misbehave.ts";

/**
 * Lets a raw client send a STOMP frame with a header without a colon. The witness is that the proxy passed the input on and
 * the client saw its connection end.
 */
export const malformFrame: MakeFault = (actor) =>
  misbehave(actor, "malformed-frame", () => actor.raw.stomp("SEND\ndestination\n\n\0"));
